package io.heddle.messages

/** What is told of numbers that are out of their range, whatever they count. */
internal object SizeMessages {
    fun tooLarge(word: String, most: Int) = Message("$word is too large", "At most $most will do.")

    fun notPositive(word: String) = Message("$word is not positive", "Say 1 or more.")

    fun notARate(word: String) = Message("$word is not a rate", "A rate is at least 0 and below 1, as in 0.1.")

    fun notAPositiveNumber(word: String) = Message("$word is not a positive number", "Say a number above 0.")

    /** Of a share of something: above 0, and at most all of it. */
    fun notAShare(word: String) = Message("$word is not a share", "Say more than 0 and at most 1.")

    fun inputHasAnotherWidth() = Message("its input has another width", "Give both the same width.")

    fun wavesNeedEvenWidth(next: Int) = Message("sines and cosines need an even width", "Try width = $next.")

    fun gridWavesNeedFourParts(next: Int) =
        Message("sines and cosines of rows and columns need a width of four parts", "Try width = $next.")
}
