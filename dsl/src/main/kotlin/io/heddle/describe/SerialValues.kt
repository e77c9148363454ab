package io.heddle.describe

import io.heddle.model.Component
import io.heddle.model.Objective
import io.heddle.model.Part
import io.heddle.terms.Mask
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonPrimitive

/** Reads values as they are stored, and tells them in the language's words. */
internal object SerialValues {
    private val json = Json {
        encodeDefaults = true
        allowSpecialFloatingPointValues = true // A description that was not checked may say any number.
    }

    /** What is not told of a value: where it stands, its name. */
    private val structure = setOf("type", "name")

    /** What scripts call otherwise. */
    private val words = mapOf((STACK to "sharing") to "weights")

    fun of(component: Component): JsonObject = json.encodeToJsonElement(Component.serializer(), component) as JsonObject

    fun of(part: Part): JsonObject = json.encodeToJsonElement(Part.serializer(), part) as JsonObject

    fun of(objective: Objective): JsonObject = json.encodeToJsonElement(Objective.serializer(), objective) as JsonObject

    /** The kind of a value, as scripts write it. */
    fun kind(value: JsonObject): String = value["type"]?.jsonPrimitive?.content.orEmpty()

    /** What two values of one kind do not have in common: the words to it, what was, what is. */
    fun changes(before: JsonObject, after: JsonObject): List<Triple<String, String, String>> =
        changes(before, after, if (kind(before) == STACK) structure + "layers" else structure).map { (word, was, now) ->
            Triple(words[kind(before) to word] ?: word, was, now)
        }

    private fun changes(before: JsonObject, after: JsonObject, but: Set<String>): List<Triple<String, String, String>> =
        (before.keys + after.keys - but).flatMap { key ->
            val (old, new) = before[key] to after[key]
            if (old == null || new == null || old == new) emptyList() else changed(key, old, new)
        }

    private fun areAlike(old: JsonElement, new: JsonElement) =
        old is JsonObject && new is JsonObject && kind(old) == kind(new)

    private fun changed(key: String, old: JsonElement, new: JsonElement): List<Triple<String, String, String>> =
        if (key != MASK && areAlike(old, new))
            changes(old as JsonObject, new as JsonObject, setOf("type")).map { (word, was, now) ->
                Triple("$key $word", was, now)
            }
        else listOf(Triple(key, told(key, old), told(key, new)))

    private fun told(key: String, value: JsonElement): String =
        if (key == MASK) "${json.decodeFromJsonElement(Mask.serializer(), value)}" else told(value)

    private fun told(value: JsonElement): String =
        when (value) {
            is JsonPrimitive -> if (value.isString) value.content else grouped(number(value.content))
            is JsonArray -> value.joinToString(", ", "[", "]") { told(it) }
            is JsonObject -> {
                val arguments = value.filterKeys { it != "type" }.map { (key, each) -> "$key = ${told(key, each)}" }
                val kind = kind(value).replaceFirstChar { it.uppercase() }
                if (arguments.isEmpty()) kind else kind + arguments.joinToString(", ", "(", ")")
            }
        }

    private fun number(text: String): String =
        text.toDoubleOrNull()?.takeIf { '.' in text || 'E' in text }?.let { plain(it) } ?: text

    private const val MASK = "mask"

    /** Its layers are compared one by one. */
    private const val STACK = "stack"
}
