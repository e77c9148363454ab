package io.heddle.huggingface

import io.heddle.check.Nearest
import io.heddle.json.JsonNode
import io.heddle.json.JsonProblems
import io.heddle.json.at
import io.heddle.json.quoted
import io.heddle.json.words
import io.heddle.messages.ConfigMessages
import io.heddle.messages.DocumentMessages
import io.heddle.messages.Expected
import io.heddle.messages.Message
import io.heddle.model.LayerRun

/**
 * An object of a `config.json`, which is asked for its values key by key. What is wrong with one is noted, and
 * something that fits is given instead, so that everything is told at once. A key that says `null` says nothing.
 */
internal class Config(
    private val node: JsonNode.Object,
    private val path: String,
    private val told: JsonProblems,
    private val noted: JsonProblems,
) {
    private val asked = linkedSetOf<String>()

    /** A size that has to be there. */
    fun count(key: String): Int = count(key, null)

    /** A size of 1 or more; [usual] where it is left out. */
    fun count(key: String, usual: Int?): Int {
        val value = value(key) ?: return usual ?: missing(key, Expected.WholeNumber, 1)
        val number = (value as? JsonNode.Number)?.text?.toDoubleOrNull()
        return when {
            number == null || number != Math.rint(number) -> wrong(key, value, Expected.WholeNumber, 1)
            number < 1 || number > Int.MAX_VALUE -> {
                told.wrong(at(path, key), value) { DocumentMessages.outOfRange(1..Int.MAX_VALUE.toLong()) }
                1
            }
            else -> number.toInt()
        }
    }

    /**
     * One size for each of the things that [of] counts: as many, or one for all; [usual] where it is left out. Of more
     * layers than a stack may have, no more are given a size.
     */
    fun counts(key: String, of: String, length: Int, usual: Int): List<Int> =
        if (node[key] is JsonNode.Array) counts(key, of, length)
        else count(key, usual).let { one -> List(minOf(length, LayerRun.MOST)) { one } }

    /** One size for each of the things that [of] counts. */
    fun counts(key: String, of: String, length: Int?): List<Int> {
        val value = value(key) ?: return missing(key, Expected.List, listOf(1))
        val numbers = (value as? JsonNode.Array)?.elements?.map { (it as? JsonNode.Number)?.text?.toIntOrNull() ?: 0 }
        if (numbers == null || numbers.isEmpty() || numbers.any { it < 1 })
            return wrong(key, value, Expected.List, List(minOf(length ?: 1, LayerRun.MOST)) { 1 })
        if (length == null || numbers.size == length) return numbers
        told.wrong(at(path, key), value) { ConfigMessages.anotherCount(of, length) }
        return List(minOf(length, LayerRun.MOST)) { 1 }
    }

    /** A number of something, 0 or more; [usual] where it is left out. */
    fun place(key: String, usual: Int): Int {
        val value = value(key) ?: return usual
        val number =
            (value as? JsonNode.Number)?.text?.toIntOrNull() ?: return wrong(key, value, Expected.WholeNumber, 0)
        if (number < 0) told.wrong(at(path, key), value) { DocumentMessages.outOfRange(0..Int.MAX_VALUE.toLong()) }
        return maxOf(0, number)
    }

    /** A number; [usual] where it is left out. */
    fun number(key: String, usual: Double): Double {
        val value = value(key) ?: return usual
        return (value as? JsonNode.Number)?.text?.toDouble() ?: wrong(key, value, Expected.Number, usual)
    }

    /** A number that has to be there. */
    fun number(key: String): Double {
        val value = value(key) ?: return missing(key, Expected.Number, 1.0)
        return (value as? JsonNode.Number)?.text?.toDouble() ?: wrong(key, value, Expected.Number, 1.0)
    }

    fun truth(key: String, usual: Boolean): Boolean {
        val value = value(key) ?: return usual
        return (value as? JsonNode.Truth)?.value ?: wrong(key, value, Expected.Truth, usual)
    }

    /** What one of the words of [choices] stands for; [usual] is the word where it is left out. */
    fun <Kind> choice(key: String, choices: Map<String, Kind>, usual: String?): Kind {
        val value = value(key)
        val first = choices.values.first()
        if (value == null) return usual?.let(choices::getValue) ?: missing(key, Expected.oneOf(choices.quoted()), first)
        val word = (value as? JsonNode.Text)?.text
        if (word in choices) return choices.getValue(word.orEmpty())
        told.wrongChoice(at(path, key), value) { choices.keys.toList() }
        return first
    }

    /** What each of a list of words stands for, one or more, which has to be there. */
    fun <Kind> choices(key: String, choices: Map<String, Kind>): List<Kind> {
        val first = listOf(choices.values.first())
        val value = value(key) ?: return missing(key, Expected.List, first)
        val words = (value as? JsonNode.Array)?.elements.orEmpty()
        if (words.isEmpty()) return wrong(key, value, Expected.List, first)
        return words.mapIndexed { place, word ->
            choices[(word as? JsonNode.Text)?.text]
                ?: first.single().also { told.wrongChoice("${at(path, key)}[$place]", word) { choices.keys.toList() } }
        }
    }

    /** The object of [key]; nothing where there is none. */
    fun inner(key: String): Config? {
        val value = value(key) ?: return null
        return if (value is JsonNode.Object) Config(value, at(path, key), told, noted)
        else wrong(key, value, Expected.Object, null)
    }

    /** The object of [key], which has to be there. */
    fun requiredInner(key: String): Config =
        inner(key)
            ?: Config(JsonNode.Object(emptyList(), node.line), at(path, key), told, noted).also {
                if (value(key) == null) missing(key, Expected.Object, it)
            }

    /** Whether [key] is there. */
    fun says(key: String): Boolean = node[key].let { it != null && it !is JsonNode.Null }

    /** How many keys the object of [key] has; nothing where there is none. */
    fun sizeOf(key: String): Int? = (value(key) as? JsonNode.Object)?.members?.size

    /** Heddle has nothing for what [key] stands for where it is left out, [usual], but for [read] alone. */
    fun onlyIfSaid(key: String, read: String, usual: String) {
        only(key, read)
        if (!says(key)) told.leftOut(at(path, key), node) { ConfigMessages.leftOut(usual, read) }
    }

    /** Heddle has nothing for any other value than [read], a piece of JSON; left out, it stands for that. */
    fun only(key: String, read: String) {
        val value = value(key) ?: return
        val number = (value as? JsonNode.Number)?.text?.toDouble()
        if (value.words() != read && (number == null || number != read.toDoubleOrNull()))
            told.wrong(at(path, key), value) { ConfigMessages.otherwise(read) }
    }

    /** Tells of an odd number among those at [key]. */
    fun even(key: String, numbers: List<Int>) {
        if (numbers.any { it % 2 != 0 }) value(key)?.let { told.wrong(at(path, key), it) { ConfigMessages.odd() } }
    }

    /** Notes what the reference does with the value of [key], [usual] where it is left out, and Heddle does not. */
    fun note(key: String, usual: String, message: () -> Message) {
        val said = value(key)
        if (said == null) noted.leftOut(at(path, key), node, usual, message)
        else noted.wrong(at(path, key), said, message)
    }

    /** The [whole] has to be a multiple of the [part]. */
    fun divides(part: String, whole: String) {
        val parts = (value(part) as? JsonNode.Number)?.text?.toIntOrNull() ?: return
        val all = value(whole) as? JsonNode.Number ?: return
        val count = all.text.toIntOrNull() ?: return
        if (parts > 0 && count % parts != 0) told.wrong(at(path, whole), all) { ConfigMessages.notAMultiple(part) }
    }

    /** Whether the value of [key] is one of [words]. */
    fun saysOneOf(key: String, words: Collection<String>): Boolean = (node[key] as? JsonNode.Text)?.text in words

    /** Whether one of the words at [key] is [word]. */
    fun lists(key: String, word: String): Boolean =
        (node[key] as? JsonNode.Array)?.elements.orEmpty().any { (it as? JsonNode.Text)?.text == word }

    /** Nothing more is said of this object: what is wrong with it was told. */
    fun ignoreRest() {
        ignore(node.members.map { it.key })
    }

    /** These say nothing about numbers that are computed. */
    fun ignore(keys: Collection<String>) {
        asked += keys
    }

    /** Tells of every key that was neither asked for nor ignored, and of those that stand there twice. */
    fun finish() {
        val groups = node.members.groupBy { it.key }
        groups.filterValues { it.size > 1 }.forEach { (key, all) -> told.repeated(at(path, key), all) }
        groups.values
            .map { it.first() }
            .filter { it.key !in asked && it.value !is JsonNode.Null }
            .forEach { member ->
                val near = Nearest.of(member.key, asked.filter { key -> key !in groups })
                told.wrong(at(path, member.key), member.value) { ConfigMessages.unknownKey(near?.let(::quoted)) }
            }
    }

    private fun value(key: String): JsonNode? {
        asked += key
        return node[key].takeIf { it !is JsonNode.Null }
    }

    private fun <Kind> missing(key: String, wanted: Expected, instead: Kind): Kind {
        told.missing(at(path, key), node) { wanted }
        return instead
    }

    private fun <Kind> wrong(key: String, value: JsonNode, wanted: Expected, instead: Kind): Kind {
        told.wrong(at(path, key), value) { DocumentMessages.not(wanted) }
        return instead
    }

    private fun Map<String, *>.quoted() = keys.map(::quoted)
}
