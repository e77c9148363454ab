package io.heddle.messages

/** What is told of documents that are JSON, but not what a reader expects. Names and values come in quotes. */
internal object DocumentMessages {
    private const val NO_DOCUMENT = "this is no Heddle document"

    fun notAnObject(version: String) = Message(NO_DOCUMENT, "An object is expected: {\"format\": \"$version\", ...}")

    fun noFormat(version: String, kind: String) =
        Message(NO_DOCUMENT, "It would say what it is: {\"format\": \"$version\", \"kind\": \"$kind\", ...}")

    fun notAFormat(format: String, version: String) =
        Message("$format is not a format of Heddle", "This Heddle reads $version.")

    fun laterFormat(format: String, version: String) =
        Message(
            "it was written by a Heddle that came later",
            "It has the format $format, and this Heddle reads $version. Use a newer Heddle.",
        )

    fun kindIsUnknown(kind: String) =
        Message("this is no $kind", "The document does not say what it holds, and \"kind\": \"$kind\" is expected.")

    fun anotherKind(kind: String, found: String) =
        Message("this is no $kind", "The document holds a $found, and \"kind\": \"$kind\" is expected.")

    fun not(kind: Expected) = Message("not ${kind.name}", "Write ${kind.words}.")

    fun outOfRange(range: LongRange) = Message("out of range", "Write one between ${range.first} and ${range.last}.")

    fun tooLarge() = Message("out of range", "It is too large for a computer's numbers.")

    fun noSuchChoice(key: String, near: String?, known: List<String>) =
        Message("there is no such $key", guess(near) + "Known are ${known.joinToString()}.")

    fun repeated(times: Int) = Message("the key stands here $times times", "Keep one.")

    fun missing(key: String, kind: Expected) = Message("the key is missing", "Add \"$key\": ${kind.words}.")

    fun unknownKey(near: String?, known: List<String>) =
        Message(
            "the key is unknown",
            if (known.isEmpty()) "No key belongs here but \"type\"."
            else guess(near) + "Known are ${known.joinToString()}.",
        )

    fun noTimes() = Message("a layer is there at least once", "Write 1 or more, or leave the layer out.")

    fun tooManyLayers(most: Int) = Message("there are too many layers", "All stacks together may have $most.")

    fun tooManyParts(most: Int) = Message("there are too many parts", "All layers together may have $most.")

    fun listTooLong(most: Int) = Message("the list is too long", "At most $most are read.")

    fun textTooLong(most: Int) = Message("the text is too long", "At most $most characters are read.")

    fun moreProblems(count: Int) = Message("there are $count more problems", "Mend the ones above first.")

    fun numberIsNone() = Message("it cannot be written as JSON", "It has a number that is infinite or not a number.")

    fun textIsHalf() = Message("it cannot be written as JSON", "It has a text with half of a character.")

    private fun guess(near: String?) = if (near == null) "" else "Did you mean $near? "
}

/** What a document should hold somewhere: in a title its [name], in a mend [words] that may tell more. */
internal class Expected private constructor(val name: String, val words: String) {
    companion object {
        val WholeNumber = Expected("a whole number", "a whole number, as in 8")
        val Number = Expected("a number", "a number, as in 0.5")
        val Truth = Expected("true or false", "true or false")
        val Text = Expected("a text in quotes", "a text in quotes")
        val Character = Expected("one character in quotes", "one character in quotes")
        val List = Expected("a list", "a list, as in [ ... ]")
        val Object = Expected("an object", "an object, as in { ... }")
        val Typed = Expected("an object with a type", "an object with a type, as in {\"type\": ... }")

        fun oneOf(choices: Collection<String>): Expected =
            choices.joinToString().let { Expected("one of $it", "one of $it") }
    }
}
