package io.heddle.specs.describe

import io.heddle.model.Component
import io.heddle.model.Model
import io.heddle.model.Objective
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.elementDescriptors
import kotlinx.serialization.descriptors.elementNames
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long

/** A model with one word of it changed; [word] is the kind of value and its member: `rotary.pairs`. */
internal data class Alteration(val word: String, val model: Model)

/**
 * Every way to change one word of a model, legal or not: what is stored says which words there are. Names, and what is
 * called by one, stay as they are.
 */
@OptIn(ExperimentalSerializationApi::class)
internal class Alterations(private val model: Model) {

    fun all(): Sequence<Alteration> {
        val components =
            model.components.asSequence().flatMapIndexed { at, component ->
                altered(component, Component.serializer()).map { (word, other) ->
                    Alteration(word, changed(components = model.components.replaced(at, other)))
                }
            }
        val objectives =
            model.objectives.asSequence().flatMapIndexed { at, objective ->
                altered(objective, Objective.serializer()).map { (word, other) ->
                    Alteration(word, changed(objectives = model.objectives.replaced(at, other)))
                }
            }
        return components + objectives
    }

    private fun changed(
        components: List<Component> = model.components,
        objectives: List<Objective> = model.objectives,
    ) = Model(model.name, model.width, components, objectives, model.frozen)

    private fun <T> List<T>.replaced(at: Int, other: T) = mapIndexed { index, old -> if (index == at) other else old }

    private fun <T> altered(value: T, serializer: KSerializer<T>): Sequence<Pair<String, T>> =
        others(json.encodeToJsonElement(serializer, value), serializer.descriptor, "").map { (word, other) ->
            word to json.decodeFromJsonElement(serializer, other)
        }

    private fun others(value: JsonElement, kind: SerialDescriptor, word: String): Sequence<Pair<String, JsonElement>> =
        when (kind.kind) {
            PolymorphicKind.SEALED -> {
                val cases = kind.getElementDescriptor(1).elementDescriptors.associateBy { it.serialName }
                val now = (value as JsonObject).getValue(TYPE).jsonPrimitive.content
                val replaced = cases.filterKeys { it != now }.map { (name, case) -> "$word=$name" to made(case, name) }
                replaced.asSequence() + members(value, cases.getValue(now))
            }
            StructureKind.CLASS -> members(value as JsonObject, kind)
            StructureKind.LIST -> {
                val list = value as JsonArray
                val fewer = if (list.size > 1) sequenceOf(word to JsonArray(list.dropLast(1))) else emptySequence()
                fewer +
                    list.asSequence().flatMapIndexed { at, each ->
                        others(each, kind.getElementDescriptor(0), word).map { (inner, other) ->
                            inner to JsonArray(list.replaced(at, other))
                        }
                    }
            }
            else -> plain(value.jsonPrimitive, kind).asSequence().map { word to it }
        }

    private fun members(value: JsonObject, kind: SerialDescriptor): Sequence<Pair<String, JsonElement>> =
        kind.elementNames.asSequence().withIndex().flatMap { (at, key) ->
            others(value.getValue(key), kind.getElementDescriptor(at), "${short(kind)}.$key").map { (word, other) ->
                word to JsonObject(value + (key to other))
            }
        }

    private fun plain(value: JsonPrimitive, kind: SerialDescriptor): List<JsonElement> =
        when (kind.kind) {
            SerialKind.ENUM -> kind.elementNames.filter { it != value.content }.map { JsonPrimitive(it) }
            PrimitiveKind.BOOLEAN -> listOf(JsonPrimitive(!value.boolean))
            PrimitiveKind.STRING -> emptyList()
            PrimitiveKind.DOUBLE -> listOf(JsonPrimitive(if (value.double == 0.0) 1.0 / 4 else value.double / 2))
            else -> listOf(value.long + 1, value.long * 2, value.long - 1).map { JsonPrimitive(it) }
        }

    /** Some value of [kind]; its case is [type]. */
    private fun made(kind: SerialDescriptor, type: String): JsonObject =
        JsonObject(
            mapOf(TYPE to JsonPrimitive(type)) +
                kind.elementNames.withIndex().associate { (at, key) ->
                    // Other texts than its own name say which component is meant.
                    key to if (key == "name") JsonPrimitive("apart") else some(kind.getElementDescriptor(at))
                }
        )

    private fun some(kind: SerialDescriptor): JsonElement =
        when (kind.kind) {
            PolymorphicKind.SEALED -> {
                val cases = kind.getElementDescriptor(1).elementDescriptors.sortedBy { it.elementsCount }
                made(cases.first(), cases.first().serialName)
            }
            StructureKind.CLASS,
            StructureKind.OBJECT ->
                JsonObject(
                    kind.elementNames.withIndex().associate { (at, key) -> key to some(kind.getElementDescriptor(at)) }
                )
            StructureKind.LIST -> JsonArray(listOf(some(kind.getElementDescriptor(0))))
            SerialKind.ENUM -> JsonPrimitive(kind.elementNames.first())
            PrimitiveKind.BOOLEAN -> JsonPrimitive(true)
            PrimitiveKind.STRING -> JsonPrimitive(model.components.first().name)
            PrimitiveKind.DOUBLE -> JsonPrimitive(1.0 / 2)
            else -> JsonPrimitive(2)
        }

    companion object {
        private const val TYPE = "type"
        private val json = Json { encodeDefaults = true }

        private fun short(kind: SerialDescriptor) = kind.serialName.substringAfterLast('.')

        /** Every number, choice and yes or no that a stored model may have. */
        fun words(): Set<String> {
            val words = mutableSetOf<String>()
            val seen = mutableSetOf<String>()
            walk(Component.serializer().descriptor, "", words, seen)
            walk(Objective.serializer().descriptor, "", words, seen)
            return words
        }

        private fun walk(kind: SerialDescriptor, word: String, words: MutableSet<String>, seen: MutableSet<String>) {
            when (kind.kind) {
                PolymorphicKind.SEALED ->
                    if (seen.add(kind.serialName))
                        kind.getElementDescriptor(1).elementDescriptors.forEach { walk(it, word, words, seen) }
                StructureKind.LIST -> walk(kind.getElementDescriptor(0), word, words, seen)
                StructureKind.CLASS ->
                    if (seen.add(kind.serialName))
                        kind.elementNames.withIndex().forEach { (at, key) ->
                            walk(kind.getElementDescriptor(at), "${short(kind)}.$key", words, seen)
                        }
                StructureKind.OBJECT,
                PrimitiveKind.STRING -> Unit
                else -> words += word
            }
        }
    }
}
