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

    fun outOfRange(word: String, range: String) = Message("$word is out of range", "It must be $range.")

    fun textHasNoTokenBatches() =
        Message("batchTokens is not for text", "All its sequences are equally long. Say batch(12).")

    fun batchIsTooLarge(length: Long, tokens: Long, most: Long) =
        Message(
            "batch is too large",
            "With sequences of $length tokens it has $tokens of them, and $most is the most. " +
                "Say batch(${maxOf(1, most / length)}) or less.",
        )

    fun textHasNoTargets(word: String) =
        Message(
            "$word is not for text",
            "It compares what is written with targets, and running text has none. Leave $word() out.",
        )

    fun nothingIsWritten(word: String) =
        Message("$word is not for this data", "What learns from it writes nothing. Leave $word() out.")

    fun nothingIsLabelled() =
        Message(
            "keep goes by an accuracy, and this data has no labels",
            "Say keep = Keep.Best(), which goes by the loss.",
        )

    fun notMeasured(word: String) =
        Message("keep goes by what is not measured", "Say $word(), too, or keep = Keep.Best(), which goes by the loss.")

    fun nothingDecays() = Message("decays is not there", "Name the weights that decay: \"**/weight\".")

    fun notAPattern(word: String) =
        Message("$word is no pattern", "Write words between slashes; * is any word, ** any number of words.")

    fun noRun() =
        Message("startingWeights has no folder", "Name that of a run: StartingWeights.Of(\"runs/pretrained\").")

    fun noFiles() = Message("files is not there", "Name a text file: text(\"data/input.txt\", context = 64).")
}
