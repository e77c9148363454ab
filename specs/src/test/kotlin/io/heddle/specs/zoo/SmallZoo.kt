package io.heddle.specs.zoo

import io.heddle.json.ModelJson
import io.heddle.model.Model
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.int
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.jsonPrimitive

/**
 * The models of the zoo, as `ZooSpec` holds their documents to their scripts, in sizes that a spec can compute.
 *
 * @property width of the model; others keep their proportion to it
 * @property heads an even number
 * @property headWidth of heads, made even where positions turn them
 * @property depth how many alike layers follow each other at most
 */
internal class SmallZoo(
    private val width: Int,
    private val heads: Int,
    private val headWidth: Int,
    private val depth: Int,
) {
    fun model(name: String): Model {
        val document = document(name)
        val small = small(document, document.getValue("width").jsonPrimitive.int)
        return ModelJson.read(small.toString(), "$name.json")
    }

    private fun small(element: JsonElement, of: Int): JsonElement =
        when (element) {
            is JsonObject ->
                JsonObject(
                    element.mapValues { (key, value) ->
                        val number = (value as? JsonPrimitive)?.takeIf { !it.isString }?.intOrNull
                        when {
                            number != null -> JsonPrimitive(small(key, number, element, of))
                            key == "cutoffs" -> JsonArray(listOf(4, 7, 10).map(::JsonPrimitive))
                            else -> small(value, of)
                        }
                    }
                )
            is JsonArray -> JsonArray(element.map { small(it, of) })
            is JsonPrimitive -> element
        }

    private fun small(key: String, number: Int, owner: JsonObject, of: Int): Int {
        val type = (owner["type"] as? JsonPrimitive)?.content
        return when (key) {
            "width",
            "tableWidth" -> number * width / of
            "channels" -> if (type == "image") number else if (type == "featureMap") 7 else number * width / of
            "vocabulary" -> VOCABULARY
            "classes" -> minOf(number, 6)
            "times" -> minOf(number, depth)
            "heads" -> heads
            "keyValueHeads" -> if (number == owner.getValue("heads").jsonPrimitive.int) heads else heads / 2
            "headWidth",
            "valueWidth" -> if ("turned" in owner.toString()) headWidth + headWidth % 2 else headWidth
            "memory" -> minOf(number, 3)
            "hidden" -> 7
            "length" -> lengths[number] ?: 9
            "rows",
            "columns" -> if (owner.getValue("patch").jsonPrimitive.int == 4) 32 else 4
            "patch",
            "size",
            "rounds",
            "chunk" -> 2
            "shift" -> minOf(number, 1)
            "reach" -> minOf(number, 2)
            "count" -> if (type == "random") 1 else minOf(number, 3)
            "features" -> 5
            "rank" -> 3
            "beam" -> 4
            "buckets" -> if (type == "hashed") 4 else 8
            "distance" -> 16
            else -> number
        }
    }

    companion object {
        const val VOCABULARY = 13

        /** Positions of as many patches as there are, with a class token, and of as many questions. */
        private val lengths = mapOf(197 to 5, 50 to 5, 100 to 3)
        private val folder = Path.of("src", "test", "resources", "golden", "zoo")

        /** What `ZooSpec` holds the script of this model to. */
        fun document(name: String): JsonObject =
            Json.parseToJsonElement((folder / "$name.json").readText()) as JsonObject

        val names: List<String> = folder.listDirectoryEntries("*.json").map { it.name.removeSuffix(".json") }.sorted()
    }
}
