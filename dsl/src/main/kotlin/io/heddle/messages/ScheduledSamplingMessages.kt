package io.heddle.messages

/** What is told of recipes whose decoder reads words of its own. */
internal object ScheduledSamplingMessages {
    fun notAShare() = RecipeMessages.outOfRange("share", "at least 0 and at most 1")

    fun notABase() = RecipeMessages.outOfRange("base", "above 0 and below 1")

    fun tooFast() = RecipeMessages.outOfRange("speed", "at least 1, and finite")

    fun nothingIsWritten() =
        Message(
            "scheduled sampling is for models that write",
            "This data has labels in place of words. Leave it out, or train on text or pairs.",
        )

    fun textIsRemembered() =
        Message(
            "scheduled sampling would let a memory remember words that no text has",
            "Leave it out, or leave out memory(...) of the attention.",
        )

    fun wordsAreCopied() =
        Message(
            "scheduled sampling cannot read words that were copied",
            "A copied word has a number that no table of tokens has. Leave out scheduled sampling, or copyFrom(...).",
        )
}
