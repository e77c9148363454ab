package io.heddle.messages

/** What is told of recipes that reward whole sequences. */
internal object RewardMessages {
    fun nothingIsCompared() =
        Message(
            "rewards are for what is written for a source",
            "They compare it with a target. Leave them out, or train on pairs.",
        )

    fun wordsAreItsOwn() =
        Message(
            "rewards and decoderInput do not go together",
            "What is rewarded is drawn by the model, word after word. Leave out one of them.",
        )

    fun nothingIsRewarded(steps: Int) =
        Message("rewards begin when the training has ended", "It has $steps steps. Say a smaller after, or more steps.")

    fun noOthers() = Message("one sample has no others", "Say samples = 2 or more, or another baseline.")

    fun nothingIsCalled() = Message("a reward has no name", "Give it one: it is stored and compared by it.")

    fun wordsAreCopied() =
        Message(
            "rewards cannot be given to words that are copied",
            "A copied word has a number that no table of tokens has. Leave out rewards, or copyFrom(...).",
        )
}
