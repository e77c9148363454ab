package io.heddle.messages

/** What is told of ways of decoding. */
internal object DecodingMessages {
    fun groupsAreUneven(size: Int) =
        Message("groups do not share the beam evenly", "Say a number that $size is a multiple of.")

    fun restrictedTwice() = Message("way has rules of its own", "Put all rules into one list.")

    fun notAPenalty() = RecipeMessages.outOfRange("penalty", "at least 0 and at most 1")

    fun requiredNeedsABeam() =
        Message("required is for a beam", "Say Beam or DiverseBeam, which keep what is required in sight.")

    fun noRules() = Message("rules has no rule", "Say one, or leave Restricted out.")

    fun emptyText(word: String) = Message("$word has no text", "Say one, or leave the rule out.")
}
