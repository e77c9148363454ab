package io.heddle.describe

import io.heddle.model.Component
import io.heddle.model.Objective
import io.heddle.model.Part
import io.heddle.terms.Mask
import kotlinx.serialization.KSerializer
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
    private val structure = setOf(TYPE, "name")

    /** What scripts call otherwise. */
    private val words = mapOf((STACK to "sharing") to "weights")

    fun of(component: Component): JsonObject = of(Component.serializer(), component)

    fun of(part: Part): JsonObject = of(Part.serializer(), part)

    fun of(objective: Objective): JsonObject = of(Objective.serializer(), objective)

    private fun <Value> of(serializer: KSerializer<Value>, value: Value) =
        json.encodeToJsonElement(serializer, value) as JsonObject

    /**
     * What [values] are called beside each other: each by its kind, and by the words in which it is not as others of
     * that kind are.
     */
    fun <Value> apart(serializer: KSerializer<Value>, values: List<Value>): List<String> {
        val written = values.map { of(serializer, it) }
        return written.map { value ->
            val alike = written.filter { kind(it) == kind(value) }
            told(JsonObject(value.filter { (word, said) -> word == TYPE || alike.any { it[word] != said } }))
        }
    }

    /** What [values] are called by themselves: each by its kind and all its words. */
    fun <Value> whole(serializer: KSerializer<Value>, values: List<Value>): List<String> =
        values.map { told(of(serializer, it)) }

    /** The kind of a value, as scripts write it. */
    fun kind(value: JsonObject): String = value[TYPE]?.jsonPrimitive?.content.orEmpty()

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
            changes(old as JsonObject, new as JsonObject, setOf(TYPE)).map { (word, was, now) ->
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
                val arguments = value.filterKeys { it != TYPE }.map { (key, each) -> "$key = ${told(key, each)}" }
                val kind = kind(value).replaceFirstChar { it.uppercase() }
                if (arguments.isEmpty()) kind else kind + arguments.joinToString(", ", "(", ")")
            }
        }

    private fun number(text: String): String =
        text.toDoubleOrNull()?.takeIf { '.' in text || 'E' in text }?.let { plain(it) } ?: text

    private const val TYPE = "type"

    private const val MASK = "mask"

    /** Its layers are compared one by one. */
    private const val STACK = "stack"
}
