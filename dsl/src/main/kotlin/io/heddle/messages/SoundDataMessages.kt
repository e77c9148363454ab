package io.heddle.messages

/** What is told of recipes that learn from recordings. */
internal object SoundDataMessages {
    fun frequenciesAreWrong(rate: Int) =
        Message(
            "highest is out of range",
            "It must be above lowest, and at most half the rate: ${rate / 2.0} Hertz. A recording has no higher ones.",
        )

    fun windowIsTooLong(most: Int) = Message("window is too long", "$most samples are the most. Say fewer.")

    fun notAMean() =
        Message("mean is not a number", "Say one, as in SpectrogramScaling.Fixed(mean = -8.0, deviation = 4.0).")

    fun noSample() =
        Message(
            "sample is not for recordings",
            "It begins with a text, and what learns from recordings begins with a sound. Leave sample() out;\n" +
                "heddle generate DIR --sound FILE.wav writes what is said in a recording.",
        )

    fun modelHearsNothing() =
        RecipeOfModelMessages.wrongInputs("This data needs 1, 1 and 1: frames to hear, and a text to write.")

    fun otherBands(bands: Int) =
        Message("the model has other features than the recordings of its recipe", "Say frames(features = $bands).")

    fun batchIsTooLarge(each: Long, most: Long) =
        Message(
            "batch is too large",
            "A recording may have $each numbers, and $most are the most. Say fewer, or a smaller maximumSeconds.",
        )
}
