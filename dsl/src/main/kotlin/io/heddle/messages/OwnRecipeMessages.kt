package io.heddle.messages

/** What is told of variants that have something of the recipe for themselves, and of what judges them. */
internal object OwnRecipeMessages {
    fun severalValues(word: String) =
        Message(
            "a variant has several values of $word",
            "Say one. What is tried with every variant stands in vary: vary { $word(...) }.",
        )

    fun noValue(word: String) = Message("$word has no value", "Say one, $word(...), or leave it out of the variant.")

    fun saidTwice(word: String) = Message("$word is said twice", "Say it once, with one value.")

    fun ownAndVaried(word: String) =
        Message(
            "$word is a variant's own, and varied with all",
            "Leave it out of vary, or of the variant: one would undo the other.",
        )

    fun nothingIsOwn() =
        Message(
            "a variant says nothing of its own",
            "Say it, variant(\"own\", model) { decoderInput(DecoderInput.Blanks) }, or leave the braces out.",
        )

    fun lossesOfOtherWords() =
        Message(
            "their losses are not of the same words",
            "Measure what all of them write, by exactMatch() in the recipe, and say judge(by = Metric.ExactMatch).",
        )

    fun judgedByWhatIsNotMeasured(word: String) =
        Message(
            "variants are judged by what is not measured",
            "Say $word() in the recipe as judge says it, or name what the recipe measures.",
        )

    fun judgedWithoutLabels() =
        Message(
            "variants are judged by an accuracy, and this data has no labels",
            "Name a metric that the recipe asks for: judge(by = Metric.ExactMatch).",
        )
}
