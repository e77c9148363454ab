package io.heddle.messages

/** What is told of models that speak. */
internal object SpeakingMessages {
    fun modelSaysNothing() =
        RecipeOfModelMessages.wrongInputs(
            "To speak, this data needs 1, 1 and 1: a text to read, the frames said before, and those to say."
        )

    fun otherBands(bands: Int) =
        Message("the model says other frames than the recordings of its recipe have", "Say spoken(features = $bands).")

    fun readsTrueFrames() =
        Message(
            "a model that speaks learns from true frames",
            "Frames are no words that could be drawn: leave scheduledSampling(...) out.",
        )

    fun nothingIsWritten() =
        Message(
            "metrics compare what is written, and this model speaks",
            "Leave them out; heddle evaluate DIR --data LIST tells how well it speaks.",
        )

    fun otherObjectives(speech: String) =
        Message(
            "the model has other objectives than speech has",
            "Say objective { frameError(\"$speech\"); stopCrossEntropy(\"$speech\") }; " +
                "guidedAttention(...) may be added.",
        )

    fun nothingBesideSpeech(logits: Int) =
        Message(
            "whether to write or to speak is not known",
            "Generation needs one logits or one speech, and the model has $logits logits, too. Leave one of them out.",
        )
}
