package io.heddle.json

import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import java.util.regex.Pattern

/**
 * Reads JSON as RFC 8259 has it and nothing more, keeping lines and repeated keys.
 *
 * @throws ProblemsException with line and column where [text] is not JSON
 */
internal class JsonParser(private val text: String, private val file: String) {
    private var at = 0
    private var line = 1
    private var lineStart = 0
    private val numbers = number.matcher(text)

    fun parse(): JsonNode {
        if (text.length > LONGEST_DOCUMENT) {
            throw ProblemsException(
                Problem(file, "the document is too long", "At most $LONGEST_DOCUMENT characters are read.")
            )
        }
        if (text.startsWith('\uFEFF')) fail("the file begins with a byte order mark", "Save it as plain UTF-8.")
        space()
        if (at == text.length)
            throw ProblemsException(Problem(file, "the file is empty", "A JSON document is expected: { ... }"))
        val node = value(1)
        space()
        if (at < text.length)
            fail(
                "there is more after the end of the document",
                "Found ${found()}. Remove what follows the last bracket.",
            )
        return node
    }

    private fun value(depth: Int): JsonNode {
        if (depth > DEEPEST) fail("it is nested too deeply", "At most $DEEPEST brackets may be open at once.")
        val start = line
        return when (peek()) {
            '{' -> JsonNode.Object(members(depth), start)
            '[' -> JsonNode.Array(elements(depth), start)
            '"' -> JsonNode.Text(string(), start)
            '-',
            in '0'..'9' -> JsonNode.Number(number(), start)
            't' -> word("true", JsonNode.Truth(true, start))
            'f' -> word("false", JsonNode.Truth(false, start))
            'n' -> word("null", JsonNode.Null(start))
            else -> unexpected("a value")
        }
    }

    private fun members(depth: Int): List<JsonNode.Member> {
        val members = mutableListOf<JsonNode.Member>()
        bracketed('}') {
            if (peek() != '"') unexpected("a key in quotes")
            val start = line
            val key = string()
            space()
            if (peek() != ':') unexpected("a colon")
            at++
            space()
            members += JsonNode.Member(key, value(depth + 1), start)
        }
        return members
    }

    private fun elements(depth: Int): List<JsonNode> {
        val elements = mutableListOf<JsonNode>()
        bracketed(']') { elements += value(depth + 1) }
        return elements
    }

    /** What stands between brackets, with a comma between two of them and none after the last. */
    private fun bracketed(close: Char, item: () -> Unit) {
        at++
        space()
        if (peek() == close) {
            at++
            return
        }
        while (true) {
            item()
            space()
            if (peek() != close && peek() != ',') unexpected("a comma or $close")
            val last = peek() == close
            at++
            if (last) return
            space()
        }
    }

    private fun word(word: String, node: JsonNode): JsonNode {
        if (!text.startsWith(word, at) || text.getOrNull(at + word.length)?.isLetterOrDigit() == true)
            unexpected("a value")
        at += word.length
        return node
    }

    private fun number(): String {
        if (!numbers.region(at, text.length).lookingAt()) unexpected("a number")
        val next = text.getOrNull(numbers.end())
        if (next != null && (next.isLetterOrDigit() || next in "+-._")) unexpected("a number as JSON writes it")
        at = numbers.end()
        return numbers.group()
    }

    private fun string(): String {
        val start = at++
        val result = StringBuilder()
        while (peek() != '"') {
            val next = text[at]
            if (next < ' ')
                fail(
                    "a text is not closed, or has a raw control character",
                    "Found ${found()}. Close it with \", or write the character as \\n or \\u000a.",
                )
            at++
            result.append(if (next == '\\') escaped() else next)
        }
        at++
        if (!isWhole(result)) {
            at = start
            fail("a text has half of a character", "A \\ud800 to \\udfff stands alone. Write both halves, or neither.")
        }
        return "$result"
    }

    private fun escaped(): Char {
        val letter = peek()
        val plain = "\"\\/bfnrt".indexOf(letter)
        if (plain >= 0) return "\"\\/\b\u000c\n\r\t"[plain].also { at++ }
        if (letter != 'u') unexpected("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u after the \\")
        val end = at + 1 + HEX_DIGITS
        if (end > text.length || (at + 1 until end).any { Character.digit(text[it], HEX) < 0 || text[it] > 'f' })
            unexpected("four hexadecimal digits after \\u")
        return text.substring(at + 1, end).toInt(HEX).toChar().also { at = end }
    }

    private fun space() {
        while (at < text.length && text[at] in " \t\r\n") {
            if (text[at++] == '\n') {
                line++
                lineStart = at
            }
        }
    }

    private fun peek(): Char {
        if (at >= text.length)
            fail("the document ends too early", "It seems to be cut off. Take it again from where it came.")
        return text[at]
    }

    private fun found(): String = quoted(text.substring(at, minOf(text.length, at + 1)))

    private fun unexpected(wanted: String): Nothing {
        peek()
        fail("this is not JSON", "Expected $wanted and found ${found()}.")
    }

    private fun fail(title: String, mend: String): Nothing =
        throw ProblemsException(Problem("$file:$line:${at - lineStart + 1}", title, mend))

    private companion object {
        const val DEEPEST = 64
        const val LONGEST_DOCUMENT = 1 shl 24
        const val HEX_DIGITS = 4
        const val HEX = 16
        val number: Pattern = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
    }
}
