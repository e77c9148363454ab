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

    fun windowsDoNotFill(side: Int) =
        Message(
            "windows do not fill the picture",
            "A stage has $side by $side patches: take a size that divides $side.",
        )

    fun anotherCount(of: String, count: Int) =
        Message("it has another length than $of", "Write $count numbers, one for each.")
}
