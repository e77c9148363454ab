package io.heddle.json

import io.heddle.check.Problem
import io.heddle.messages.DocumentMessages
import io.heddle.messages.Expected
import io.heddle.model.Within
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.elementDescriptors
import kotlinx.serialization.descriptors.elementNames

/**
 * Holds a document against what a serializer reads, and finds everything that does not fit: every key is known, there,
 * and there once; every value has its kind and fits its type.
 */
@OptIn(ExperimentalSerializationApi::class)
internal class JsonChecker(file: String, private val longestText: Int) {
    private val tell = JsonProblems(file)

    val problems: List<Problem>
        get() = tell.problems

    fun check(node: JsonNode, kind: SerialDescriptor, path: String) {
        if (node is JsonNode.Null && kind.isNullable) return
        when (kind.kind) {
            PrimitiveKind.BYTE -> whole(node, path, Byte.MIN_VALUE.toLong()..Byte.MAX_VALUE)
            PrimitiveKind.SHORT -> whole(node, path, Short.MIN_VALUE.toLong()..Short.MAX_VALUE)
            PrimitiveKind.INT -> whole(node, path, Int.MIN_VALUE.toLong()..Int.MAX_VALUE)
            PrimitiveKind.LONG -> whole(node, path, Long.MIN_VALUE..Long.MAX_VALUE)
            PrimitiveKind.FLOAT -> real(node, path) { it.toFloat().isFinite() }
            PrimitiveKind.DOUBLE -> real(node, path) { it.toDouble().isFinite() }
            PrimitiveKind.BOOLEAN -> if (node !is JsonNode.Truth) notA(Expected.Truth, node, path)
            PrimitiveKind.STRING -> text(node, path)
            PrimitiveKind.CHAR -> if ((node as? JsonNode.Text)?.text?.length != 1) notA(Expected.Character, node, path)
            SerialKind.ENUM -> choice(node, kind.elementNames, path)
            StructureKind.LIST -> list(node, kind, path)
            StructureKind.MAP -> map(node, kind, path)
            StructureKind.CLASS,
            StructureKind.OBJECT ->
                if (kind.isInline) check(node, kind.getElementDescriptor(0), path)
                else members(node, kind, path, emptySet())
            PolymorphicKind.SEALED -> sealed(node, kind, path)
            PolymorphicKind.OPEN,
            SerialKind.CONTEXTUAL -> error("${kind.serialName} says nothing of what it reads.")
        }
    }

    private fun notA(kind: Expected, node: JsonNode, path: String) =
        tell.wrong(path, node) { DocumentMessages.not(kind) }

    private fun whole(node: JsonNode, path: String, range: LongRange) {
        if (node !is JsonNode.Number || node.text.any { it in ".eE" }) return notA(Expected.WholeNumber, node, path)
        val value = node.text.toLongOrNull()
        if (value == null || value !in range) tell.wrong(path, node) { DocumentMessages.outOfRange(range) }
    }

    private fun real(node: JsonNode, path: String, fits: (String) -> Boolean) {
        if (node !is JsonNode.Number) return notA(Expected.Number, node, path)
        if (!fits(node.text)) tell.wrong(path, node) { DocumentMessages.tooLarge() }
    }

    private fun text(node: JsonNode, path: String) {
        if (node !is JsonNode.Text) return notA(Expected.Text, node, path)
        if (node.text.length > longestText) tell.wrong(path, node) { DocumentMessages.textTooLong(longestText) }
    }

    private fun choice(node: JsonNode, choices: Iterable<String>, path: String) {
        if (node !is JsonNode.Text || node.text !in choices) tell.wrongChoice(path, node) { choices.toList() }
    }

    private fun list(node: JsonNode, kind: SerialDescriptor, path: String) {
        if (node !is JsonNode.Array) return notA(Expected.List, node, path)
        node.elements.forEachIndexed { index, element -> check(element, kind.getElementDescriptor(0), "$path[$index]") }
    }

    private fun map(node: JsonNode, kind: SerialDescriptor, path: String) {
        if (node !is JsonNode.Object) return notA(Expected.Object, node, path)
        repeated(node, path)
        node.members.forEach { check(it.value, kind.getElementDescriptor(1), at(path, it.key)) }
    }

    private fun sealed(node: JsonNode, kind: SerialDescriptor, path: String) {
        if (node !is JsonNode.Object) return notA(Expected.Typed, node, path)
        val cases = kind.getElementDescriptor(1).elementDescriptors
        fun names() = cases.map { it.serialName }.sorted()
        val type = node[TYPE]
        if (type == null) return tell.missing(at(path, TYPE), node) { Expected.oneOf(names().map(::quoted)) }
        val case = (type as? JsonNode.Text)?.let { cases.find { case -> case.serialName == it.text } }
        if (case == null) tell.wrongChoice(at(path, TYPE), type, ::names) else members(node, case, path, setOf(TYPE))
    }

    private fun members(node: JsonNode, kind: SerialDescriptor, path: String, allowed: Set<String>) {
        if (node !is JsonNode.Object) return notA(Expected.Object, node, path)
        repeated(node, path)
        val known = kind.elementNames.toList()
        val missing = (known - node.members.mapTo(HashSet()) { it.key }).toMutableList()
        node.members
            .filter { it.key !in known && it.key !in allowed }
            .forEach { stranger -> missing -= tell.unknown(at(path, stranger.key), stranger, missing, known) }
        missing.forEach { key ->
            tell.missing(at(path, key), node) { expected(kind.getElementDescriptor(kind.getElementIndex(key))) }
        }
        known.forEachIndexed { index, key ->
            node[key]?.let { value ->
                check(value, kind.getElementDescriptor(index), at(path, key))
                kind.getElementAnnotations(index).forEach { if (it is Within) within(it, value, at(path, key)) }
            }
        }
    }

    private fun within(range: Within, node: JsonNode, path: String) {
        if (node is JsonNode.Array && node.elements.size > range.most)
            tell.wrong(path, node) { DocumentMessages.listTooLong(range.most) }
    }

    private fun repeated(node: JsonNode.Object, path: String) {
        node.members
            .groupBy { it.key }
            .filter { it.value.size > 1 }
            .forEach { (key, all) -> tell.repeated(at(path, key), all) }
    }

    private fun expected(kind: SerialDescriptor): Expected =
        when (kind.kind) {
            PrimitiveKind.BYTE,
            PrimitiveKind.SHORT,
            PrimitiveKind.INT,
            PrimitiveKind.LONG -> Expected.WholeNumber
            PrimitiveKind.FLOAT,
            PrimitiveKind.DOUBLE -> Expected.Number
            PrimitiveKind.BOOLEAN -> Expected.Truth
            PrimitiveKind.STRING,
            PrimitiveKind.CHAR -> Expected.Text
            SerialKind.ENUM -> Expected.oneOf(kind.elementNames.map(::quoted))
            StructureKind.LIST -> Expected.List
            PolymorphicKind.SEALED -> Expected.Typed
            else -> Expected.Object
        }

    internal companion object {
        /** The key that says which case of a sealed type an object is. */
        const val TYPE = "type"
    }
}
