package io.heddle.json

import io.heddle.check.ProblemsException
import io.heddle.messages.JsonMessages
import io.heddle.messages.Message
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
            throw ProblemsException(JsonMessages.tooLong(LONGEST_DOCUMENT).at(file))
        }
        if (text.startsWith('\uFEFF')) fail(JsonMessages.byteOrderMark())
        space()
        if (at == text.length) throw ProblemsException(JsonMessages.empty().at(file))
        val node = value(1)
        space()
        if (at < text.length) fail(JsonMessages.moreAfterTheEnd(found()))
        return node
    }

    private fun value(depth: Int): JsonNode {
        if (depth > DEEPEST) fail(JsonMessages.tooDeep(DEEPEST))
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
            else -> unexpected(JsonMessages.VALUE)
        }
    }

    private fun members(depth: Int): List<JsonNode.Member> {
        val members = mutableListOf<JsonNode.Member>()
        bracketed('}') {
            if (peek() != '"') unexpected(JsonMessages.KEY)
            val start = line
            val key = string()
            space()
            if (peek() != ':') unexpected(JsonMessages.COLON)
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
            if (peek() != close && peek() != ',') unexpected(JsonMessages.commaOr(close))
            val last = peek() == close
            at++
            if (last) return
            space()
        }
    }

    private fun word(word: String, node: JsonNode): JsonNode {
        if (!text.startsWith(word, at) || text.getOrNull(at + word.length)?.isLetterOrDigit() == true)
            unexpected(JsonMessages.VALUE)
        at += word.length
        return node
    }

    private fun number(): String {
        if (!numbers.region(at, text.length).lookingAt()) unexpected(JsonMessages.NUMBER)
        val next = text.getOrNull(numbers.end())
        if (next != null && (next.isLetterOrDigit() || next in "+-._"))
            unexpected(JsonMessages.NUMBER_AS_JSON_WRITES_IT)
        at = numbers.end()
        return numbers.group()
    }

    private fun string(): String {
        val start = at++
        val result = StringBuilder()
        while (peek() != '"') {
            val next = text[at]
            if (next < ' ') fail(JsonMessages.notClosed())
            at++
            result.append(if (next == '\\') escaped() else next)
        }
        at++
        if (!isWhole(result)) {
            at = start
            fail(JsonMessages.halfACharacter())
        }
        return "$result"
    }

    private fun escaped(): Char {
        val letter = peek()
        val plain = "\"\\/bfnrt".indexOf(letter)
        if (plain >= 0) return "\"\\/\b\u000c\n\r\t"[plain].also { at++ }
        if (letter != 'u') unexpected(JsonMessages.ESCAPE)
        val end = at + 1 + HEX_DIGITS
        if (end > text.length || (at + 1 until end).any { Character.digit(text[it], HEX) < 0 || text[it] > 'f' })
            unexpected(JsonMessages.HEXADECIMAL_DIGITS)
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
        if (at >= text.length) fail(JsonMessages.endsTooEarly())
        return text[at]
    }

    /** The word that stands here, or the sign. */
    private fun found(): String {
        var end = at
        while (end < text.length && end - at < LONGEST_WORD && text[end].isLetterOrDigit()) end++
        return quoted(text.substring(at, end.coerceIn(minOf(at + 1, text.length), text.length)))
    }

    private fun unexpected(wanted: String): Nothing {
        peek()
        fail(JsonMessages.notJson(wanted, found()))
    }

    private fun fail(message: Message): Nothing =
        throw ProblemsException(message.at("$file:$line:${at - lineStart + 1}"))

    private companion object {
        const val DEEPEST = 64
        const val LONGEST_DOCUMENT = 1 shl 24
        const val LONGEST_WORD = 20
        const val HEX_DIGITS = 4
        const val HEX = 16
        val number: Pattern = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
    }
}
