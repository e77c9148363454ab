package io.heddle.messages

/** What is told of recipes that learn classes of pictures. */
internal object PictureDataMessages {
    fun notAMean(word: String) = RecipeMessages.outOfRange(word, "at least 0 and at most 1")

    fun noTokenBatches() = Message("batchTokens is not for pictures", "All of them are equally large. Say batch(64).")

    fun batchIsTooLarge(each: Long, most: Long) =
        Message(
            "batch is too large",
            "A picture has $each numbers, and $most are the most. Say batch(${maxOf(1, most / each)}) or less.",
        )

    fun modelHasNoPictures() =
        RecipeOfModelMessages.wrongInputs("This data needs 1 and 1: pictures to look at, and their classes.")

    fun classesAreForPictures(count: Int) =
        Message(
            "the model has a class for each patch, and its data one for each picture",
            "Say which of them decides: classify(encoder, First, classes = $count), or Mean for all alike.",
        )
}
