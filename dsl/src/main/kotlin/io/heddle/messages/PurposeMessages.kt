package io.heddle.messages

/** What keeps a legal model from being trained, or from writing. */
internal object PurposeMessages {
    fun nothingToTrainFor() =
        Message("there is nothing to train for", "Add a head with an objective: val next by logits(decoder).")

    fun logitsAreUnknown(count: Int) =
        Message("which logits to write from is not known", "Generation needs exactly one, and the model has $count.")

    fun noTokensToBeginWith(logits: String) =
        Message("what is written has no tokens to begin with", "Generation needs a tokens input below $logits.")

    fun wordsAreNotLearned() =
        Message("rewards need one objective that learns these words", "Say crossEntropy(...) of them, once.")

    fun looksAtLaterWords(heads: Int) =
        Message("a word cannot be written that looks at later ones", "Say attention(heads = $heads) { causal() }.")

    fun looksAtAWholeText(word: String) =
        Message(
            "$word looks at a whole text at once",
            "Generation goes word by word, with what it knows of earlier ones: leave $word out.",
        )

    fun looksAtWhatIsNotWritten(written: String) =
        Message("it looks at what is not written yet", "Generation needs a sequence over another input than $written.")
}
