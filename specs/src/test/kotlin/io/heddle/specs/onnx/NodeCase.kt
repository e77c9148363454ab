package io.heddle.specs.onnx

import io.heddle.specs.support.Numbers
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.double
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** One operator of ONNX with what goes in and what its reference implementation makes of it. */
class NodeCase(val name: String, stored: JsonObject) {
    private val node = stored.objects("nodes").single()
    private val attributes = node.getValue("attributes").jsonObject
    private val inputNames = node.texts("inputs")
    private val outputNames = node.texts("outputs")
    private val inputs = stored.objects("inputs").associate { it.text("name") to StoredTensor(it) }
    private val stored = stored.objects("outputs").associate { it.text("name") to StoredTensor(it) }

    /** What is to come out, by name. */
    val outputs: Map<String, Numbers> = this.stored.mapValues { it.value.numbers }

    val op: String = node.text("op")

    /** Whether the input at [place] says yes or no of each place. */
    fun isGiven(place: Int): Boolean = inputs.getValue(inputNames[place]).type == "bool"

    /** Whether what comes out is stored in 16 bits, of which 11 are the number's digits. */
    val isHalf: Boolean
        get() = stored.values.any { it.type == "float16" }

    /** What the operator's input at [place] holds. */
    fun input(place: Int): Numbers = inputs.getValue(inputNames[place]).numbers

    /** As [input], for one that may be left out: it has no name then. */
    fun inputOrNull(place: Int): Numbers? = inputNames.getOrNull(place)?.let { inputs[it]?.numbers }

    val inputCount: Int
        get() = inputNames.size

    fun outputName(place: Int): String = outputNames[place]

    fun number(attribute: String): Double = primitive(attribute).double

    fun number(attribute: String, otherwise: Double): Double =
        if (attribute in attributes) number(attribute) else otherwise

    fun whole(attribute: String, otherwise: Int): Int =
        if (attribute in attributes) primitive(attribute).int else otherwise

    fun text(attribute: String, otherwise: String): String =
        if (attribute in attributes) primitive(attribute).content else otherwise

    private fun primitive(attribute: String): JsonPrimitive = attributes.getValue(attribute).jsonPrimitive

    override fun toString(): String = name

    companion object {
        private fun folder(): Path = Path.of(checkNotNull(NodeCase::class.java.getResource("/onnx")).toURI())

        /** The names of all cases that were chosen. */
        fun chosen(): List<String> = folder().resolve("cases.txt").readLines()

        /** The cases whose numbers are here. */
        fun all(): List<NodeCase> =
            folder().listDirectoryEntries("*.json").sorted().map { file ->
                NodeCase(file.nameWithoutExtension, Json.parseToJsonElement(file.readText()).jsonObject)
            }
    }
}

/** A tensor in row-major order; what says yes or no is 1 or 0. */
private class StoredTensor(stored: JsonObject) {
    val type = stored.text("dtype")
    private val data = stored.getValue("data").jsonArray
    val numbers =
        Numbers(
            stored.getValue("shape").jsonArray.map { it.jsonPrimitive.int },
            DoubleArray(data.size) { number(data[it].jsonPrimitive) },
        )

    private fun number(value: JsonPrimitive): Double =
        when (value.booleanOrNull) {
            true -> 1.0
            false -> 0.0
            null -> value.double
        }
}

private fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content

private fun JsonObject.texts(name: String): List<String> = getValue(name).jsonArray.map { it.jsonPrimitive.content }

private fun JsonObject.objects(name: String): List<JsonObject> = getValue(name).jsonArray.map { it.jsonObject }
