package io.heddle.messages

/** What is told of files that hold no JSON. */
internal object JsonMessages {
    private const val EXPECTED = "A JSON document is expected: { ... }"

    fun noSuchFile() = Message("there is no such file", "Check the name and the folder.")

    fun unreadable(why: String) =
        Message("the file cannot be read", "The system says: $why. Check what it is, and whether you may read it.")

    fun notText() = Message("this is not UTF-8 text", EXPECTED)

    fun empty() = Message("the file is empty", EXPECTED)

    fun tooLong(most: Int) = Message("the document is too long", "At most $most characters are read.")

    fun byteOrderMark() = Message("the file begins with a byte order mark", "Save it as plain UTF-8.")

    fun moreAfterTheEnd(found: String) =
        Message("there is more after the end of the document", "Found $found. Remove what follows the last bracket.")

    fun tooDeep(most: Int) = Message("it is nested too deeply", "At most $most brackets may be open at once.")

    fun notClosed() =
        Message(
            "a text is not closed, or has a raw control character",
            "Close it with \", or write the character as \\n or \\u000a.",
        )

    fun halfACharacter() =
        Message("a text has half of a character", "A \\ud800 to \\udfff stands alone. Write both halves, or neither.")

    fun endsTooEarly() =
        Message("the document ends too early", "It seems to be cut off. Take it again from where it came.")

    fun notJson(wanted: String, found: String) = Message("this is not JSON", "Expected $wanted and found $found.")

    // What is expected.

    const val VALUE = "a value"
    const val KEY = "a key in quotes"
    const val COLON = "a colon"
    const val NUMBER = "a number"
    const val NUMBER_AS_JSON_WRITES_IT = "a number as JSON writes it"
    const val ESCAPE = "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u after the \\"
    const val HEXADECIMAL_DIGITS = "four hexadecimal digits after \\u"

    fun commaOr(close: Char) = "a comma or $close"
}
