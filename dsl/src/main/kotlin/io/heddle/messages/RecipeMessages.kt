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

    fun entitiesAreTagged() =
        Message(
            "entities is not for this data",
            "It is for taggedWords(...), whose tags mark them. Leave entities() out.",
        )

    fun noEntity() =
        Message(
            "entities has a tag of another form",
            "Tags mark entities as B-kind, where one begins, I-kind inside and O outside. Leave entities() out.",
        )

    fun nothingIsLabelled() =
        Message(
            "keep goes by an accuracy, and this data has no labels",
            "Say keep = Keep.Best(), which goes by the loss.",
        )

    fun notMeasured(word: String) =
        Message("keep goes by what is not measured", "Say $word(), too, or keep = Keep.Best(), which goes by the loss.")

    fun groupsAreUneven(size: Int) =
        Message("groups do not share the beam evenly", "Say a number that $size is a multiple of.")

    fun restrictedTwice() = Message("way has rules of its own", "Put all rules into one list.")

    fun notAPenalty() = outOfRange("penalty", "at least 0 and at most 1")

    fun requiredNeedsABeam() =
        Message("required is for a beam", "Say Beam or DiverseBeam, which keep what is required in sight.")

    fun noRules() = Message("rules has no rule", "Say one, or leave Restricted out.")

    fun emptyText(word: String) = Message("$word has no text", "Say one, or leave the rule out.")

    fun fewClasses(word: String) = Message("$word has fewer than two names", "Name all that there are.")

    fun repeatedClass(word: String) = Message("$word has a name twice", "Name each once.")

    fun columnNotThere(word: String) =
        Message("$word is no column", "Columns are counted from 1, and label is another than input.")

    fun lettersAreKnown() =
        Message(
            "wordDropout is not for characters",
            "All of them are known. Leave it out, or choose another tokenizer: Tokenization.Words(minimum = 2).",
        )

    fun nothingDecays() = Message("decays is not there", "Name the weights that decay: \"**/weight\".")

    fun notAPattern(word: String) =
        Message("$word is no pattern", "Write words between slashes; * is any word, ** any number of words.")

    fun noRun() =
        Message("startingWeights has no folder", "Name that of a run: StartingWeights.Of(\"runs/pretrained\").")

    fun noFiles() = Message("files is not there", "Name a text file: text(\"data/input.txt\", context = 64).")

    fun modelHasNoText() = wrongInputs("This data needs 1 and 1: a text to go on with.")

    fun modelHasNoMaskedText() =
        wrongInputs("This data needs 1 and 1: a text to read, and scores for its hidden words.")

    fun modelHasNoPairs() = wrongInputs("This data needs 2 and 1: a source to read, and a target to write.")

    fun modelHasNoTextClasses() = wrongInputs("This data needs 1 and 1: texts to read, and their classes.")

    fun modelHasNoTags() = wrongInputs("This data needs 1 and 1: sentences to read, and the tags of their words.")

    fun readsMore() = wrongInputs("This data has nothing for it. Leave it out.")

    fun otherObjectives(head: String) =
        Message(
            "the model has other objectives than the data of its recipe",
            "A recipe trains one, of what it has labels for. Say objective { crossEntropy(\"$head\") }.",
        )

    fun otherClasses(count: Int) =
        Message("the model has other classes than the data of its recipe", "Say classes = $count.")

    fun classesAreForTexts() =
        Message(
            "the model has a class for each word, and its data one for each text",
            "Say how words become one: classify(encoder, Mean, classes = 2).",
        )

    fun classesAreForWords() =
        Message(
            "the model has one class for a text, and its data one for each word",
            "Say that each word has one: classify(encoder, Each, classes = 17).",
        )

    fun manyLabels() = Message("the model has any number of labels, and its data one", "Leave multiLabel() out.")

    fun wrongInputs(mend: String) = Message("the model does not fit the data of its recipe", mend)

    fun nothingIsRemembered() =
        Message(
            "nothing stands before what is read that could be remembered",
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
