package io.heddle.json

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A piece of a JSON document as it stands there, with the line that it begins in. */
internal sealed interface JsonNode {
    val line: Int

    /** Keys in their order, also those that stand there twice. */
    data class Object(val members: List<Member>, override val line: Int) : JsonNode {
        operator fun get(key: String): JsonNode? = members.find { it.key == key }?.value
    }

    data class Member(val key: String, val value: JsonNode, val line: Int)

    data class Array(val elements: List<JsonNode>, override val line: Int) : JsonNode

    data class Text(val text: String, override val line: Int) : JsonNode

    /** A number in the words of the document: `1e-5`. */
    data class Number(val text: String, override val line: Int) : JsonNode

    data class Truth(val value: Boolean, override val line: Int) : JsonNode

    data class Null(override val line: Int) : JsonNode
}

/** The piece for a decoder to read. */
internal fun JsonNode.toElement(): JsonElement =
    when (this) {
        is JsonNode.Object -> JsonObject(members.associate { it.key to it.value.toElement() })
        is JsonNode.Array -> JsonArray(elements.map { it.toElement() })
        is JsonNode.Text -> JsonPrimitive(text)
        is JsonNode.Number -> text.toLongOrNull()?.let { JsonPrimitive(it) } ?: JsonPrimitive(text.toDouble())
        is JsonNode.Truth -> JsonPrimitive(value)
        is JsonNode.Null -> JsonNull
    }

/** The piece in a few words, for a message. */
internal fun JsonNode.words(): String =
    when (this) {
        is JsonNode.Object -> if (members.isEmpty()) "{}" else "{...}"
        is JsonNode.Array -> if (elements.isEmpty()) "[]" else "[...]"
        is JsonNode.Text -> quoted(text)
        is JsonNode.Number -> shortened(text)
        is JsonNode.Truth -> "$value"
        is JsonNode.Null -> "null"
    }

/** [text] in quotes and on one line, however it looks. */
internal fun quoted(text: String): String = "${JsonPrimitive(printable(shortened(text)))}"

/** [path] and [key] as a JSON path: `$.components[2].name`. */
internal fun at(path: String, key: String): String =
    if (plainKey.matches(key)) "$path.$key" else "$path[${quoted(key)}]"

/** True when every surrogate of [text] has its partner. */
internal fun isWhole(text: CharSequence): Boolean =
    text.indices.all { index ->
        when {
            text[index].isHighSurrogate() -> text.getOrNull(index + 1)?.isLowSurrogate() == true
            text[index].isLowSurrogate() -> text.getOrNull(index - 1)?.isHighSurrogate() == true
            else -> true
        }
    }

private fun shortened(text: String) = if (text.length > LONGEST) text.take(LONGEST) + "..." else text

private fun printable(text: String) =
    text.map { if (it.isISOControl() || it.isSurrogate()) '?' else it }.joinToString("")

private val plainKey = Regex("[A-Za-z_][A-Za-z0-9_]{0,63}")
private const val LONGEST = 40
