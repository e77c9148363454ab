package io.heddle.messages

/** What is told of recipes. */
internal object RecipeMessages {
    fun notPositive(word: String) = Message("$word is not positive", "It must be 1 or more.")

    fun negative(word: String) = Message("$word is negative", "It must be 0 or more.")

    fun notAPositiveNumber(word: String) = Message("$word is not a positive number", "It must be above 0.")

    fun notARate(word: String) = outOfRange(word, "at least 0 and below 1")

    fun notAPart(word: String) = outOfRange(word, "above 0 and below 1")

    fun notAShare(word: String) = outOfRange(word, "above 0 and at most 1")

    fun notAnAmount(word: String) = outOfRange(word, "0 or more")

    fun floorIsOutOfRange(learningRate: Double) =
        outOfRange("floor", "at least 0 and at most the learning rate, $learningRate")

    private fun outOfRange(word: String, range: String) = Message("$word is out of range", "It must be $range.")

    fun textHasNoTokenBatches() =
        Message("batchTokens is not for text", "All its sequences are equally long. Say batch(12).")

    fun batchIsTooLarge(length: Long, tokens: Long, most: Long) =
        Message(
            "batch is too large",
            "With sequences of $length tokens it has $tokens of them, and $most is the most. " +
                "Say batch(${maxOf(1, most / length)}) or less.",
        )

    fun textHasNoBleu() =
        Message(
            "bleu is not for text",
            "It compares what is written with targets, and running text has none. Leave bleu() out.",
        )

    fun nothingDecays() = Message("decays is not there", "Name the weights that decay: \"**/weight\".")

    fun notAPattern() =
        Message("decays is no pattern", "Write words between slashes; * is any word, ** any number of words.")

    fun noFiles() = Message("files is not there", "Name a text file: text(\"data/input.txt\", context = 64).")

    fun modelHasNoText() = wrongInputs("This data needs 1 and 1: a text to go on with.")

    fun modelHasNoPairs() = wrongInputs("This data needs 2 and 1: a source to read, and a target to write.")

    private fun wrongInputs(mend: String) = Message("the model does not fit the data of its recipe", mend)

    fun pairsAreNotRemembered() =
        Message(
            "nothing stands before a pair that could be remembered",
            "Only text goes on from batch to batch. Leave memory() out, or train on text(\"input.txt\", context = 64).",
        )

    fun tooFewPositions(longest: Long) = shortOfPositions("", longest)

    fun tooFewPositionsForAnEnd(longest: Long) = shortOfPositions("One is for the begin or end token. ", longest)

    /** Of the reverse task, that holds out sequences which are [more] tokens longer than [said]. */
    fun tooFewPositionsForHeldOut(said: Int, more: Int, longest: Long) =
        shortOfPositions(
            "Held-out sequences are up to $more longer than $said, and one is for the begin or end token.\n",
            longest,
        )

    private fun shortOfPositions(because: String, longest: Long) =
        Message(
            "there are fewer learned positions than the data is long",
            "${because}Say learnedPositions($longest), or make the data shorter.",
        )
}
