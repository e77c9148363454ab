package io.heddle.specs.language

import kotlin.random.Random
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonUnquotedLiteral
import kotlinx.serialization.json.booleanOrNull

/** Changes of documents that leave them JSON. */
internal object JsonChange {
    private val numbers =
        listOf(
            "0",
            "-1",
            "1",
            "7",
            "0.5",
            "1e400",
            "-1e400",
            "1e-400",
            "2147483648",
            "-2147483649",
            "1" + "0".repeat(30),
        )

    /** [element] with one piece of it changed: another value, a key less, a key more, a key of another name. */
    fun any(element: JsonElement, random: Random): JsonElement =
        when (element) {
            is JsonObject ->
                if (element.isEmpty() || random.nextInt(8) == 0) members(element, random) else within(element, random)
            is JsonArray ->
                if (element.isEmpty() || random.nextInt(8) == 0) elements(element, random) else within(element, random)
            is JsonPrimitive -> if (random.nextInt(4) == 0) value(random) else alike(element, random)
        }

    private fun within(element: JsonObject, random: Random): JsonElement {
        val key = element.keys.random(random)
        return JsonObject(element + (key to any(element.getValue(key), random)))
    }

    private fun within(element: JsonArray, random: Random): JsonElement {
        val at = random.nextInt(element.size)
        return JsonArray(element.mapIndexed { index, old -> if (index == at) any(old, random) else old })
    }

    private fun members(element: JsonObject, random: Random): JsonElement {
        val key = element.keys.randomOrNull(random)
        return when (random.nextInt(4)) {
            0 -> value(random)
            1 -> JsonObject(element - listOfNotNull(key))
            2 -> JsonObject(element + ("stranger" to value(random)))
            else -> JsonObject(element.mapKeys { if (it.key == key) "${it.key}s" else it.key })
        }
    }

    private fun elements(element: JsonArray, random: Random): JsonElement =
        when (random.nextInt(4)) {
            0 -> value(random)
            1 -> JsonArray(element.drop(1))
            2 -> JsonArray(element + element.takeLast(1))
            else -> JsonArray(element + value(random))
        }

    /** Another value of the same kind, which is often legal. */
    private fun alike(element: JsonPrimitive, random: Random): JsonElement =
        when {
            element.isString -> text(random)
            element.booleanOrNull != null -> JsonPrimitive(random.nextBoolean())
            else -> JsonPrimitive(random.nextInt(-1, 9))
        }

    private fun text(random: Random) = JsonPrimitive(listOf("none", "own", "normal", "encoder", "").random(random))

    @OptIn(ExperimentalSerializationApi::class)
    private fun value(random: Random): JsonElement =
        when (random.nextInt(6)) {
            0 -> JsonArray(emptyList())
            1 -> JsonObject(emptyMap())
            2 -> JsonObject(mapOf("type" to text(random)))
            3 -> text(random)
            4 -> listOf(JsonPrimitive(true), JsonNull).random(random)
            else -> JsonUnquotedLiteral(numbers.random(random))
        }
}
