package io.heddle.messages

/** What is told of a `config.json` of Hugging Face transformers that describes more, or less, than Heddle knows. */
internal object ConfigMessages {
    fun notAnObject() = Message("this describes no model", "An object is expected: {\"model_type\": \"gpt2\", ...}")

    fun otherwise(read: String) =
        Message("Heddle has no model like this", "It reads $read here alone: another value computes something else.")

    fun leftOut(usual: String, read: String) =
        Message(
            "the key is left out, and stands for $usual",
            "Heddle reads $read here alone. Where the model is like that, write it.",
        )

    fun odd() = Message("an odd size", "Half of a window lies on each side: take even sizes.")

    fun unknownKey(near: String?) =
        Message(
            "the key is unknown",
            (if (near == null) "" else "Did you mean $near? ") +
                "Heddle cannot tell what it changes. Where it changes no number, take it out.",
        )

    fun notAMultiple(of: String) =
        Message("$of does not divide it", "Take the config.json that belongs to these weights.")

    fun roomForAll(capacity: Int) =
        Message(
            "here an expert has room for all words",
            "There it has room for $capacity of a text, and others pass it by: " +
                "longer texts may have other numbers there.",
        )

    fun otherBlocks(most: Long) =
        Message(
            "here other blocks are drawn, for texts of any length",
            "There NumPy draws them, and in texts of up to $most words all see all: both have other numbers there.",
        )

    fun seenOnce(chunk: Int, most: Long) =
        Message(
            "here every word is seen once",
            "There, texts of ${chunk + 1L} to $most words have too few pieces, and some are seen twice: " +
                "they have other numbers there.",
        )

    fun anotherCount(of: String, count: Int) =
        Message("it has another length than $of", "Write $count numbers, one for each.")
}
