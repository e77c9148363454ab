@file:JvmName("Describe")
@file:JvmMultifileClass

package io.heddle.describe

import io.heddle.check.ProblemsException
import io.heddle.graph.Graph
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.AddNorm
import io.heddle.model.Component
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.about
import io.heddle.model.places
import io.heddle.rules.Folding

/**
 * What tells this model and [other] apart: what was described differently, the equations of the blocks that it changes,
 * and what both cost.
 *
 * @param sizes what dims are known to be, as for [summary]
 * @throws ProblemsException where one of the models does not fit together
 */
@JvmOverloads
public fun Model.diff(other: Model, sizes: Map<String, Long> = emptyMap()): Difference {
    val (before, after) = lower(Purpose.Inference) to other.lower(Purpose.Inference)
    checkSizes(before, sizes.filterKeys { hasSize(before, it) })
    other.checkSizes(after, sizes.filterKeys { hasSize(after, it) || !hasSize(before, it) })
    return Difference(
        name,
        other.name,
        Comparison(this, other).changes(),
        EquationChanges.of(equations(), other.equations()),
        cost(before).at(sizes),
        other.cost(after).at(sizes),
    )
}

/** What was described differently in this model and in [other], whether they fit together or not. */
public fun Model.changes(other: Model): List<Change> = Comparison(this, other).changes()

private fun hasSize(graph: Graph, size: String): Boolean =
    graph.nodes.any { node -> node.outputs.any { value -> value.type.shape.dims.any { size in it.symbols } } }

/** Compares the parts of two models by their paths. */
private class Comparison(private val first: Model, private val second: Model) {
    private val found = mutableListOf<Change>()

    fun changes(): List<Change> {
        if (first.width != second.width) changed("", "width", "${first.width}", "${second.width}")
        matched(first.components, second.components, { it.name }, { ordered("", "components", it) }).forEach {
            (before, after) ->
            component(before, after)
        }
        objectives()
        if (first.frozen != second.frozen) changed("", "frozen", "${first.frozen}", "${second.frozen}")
        return found
    }

    private fun changed(place: String, word: String, before: String, after: String) {
        found += Change.Changed(place, word, grouped(before), grouped(after))
    }

    private fun ordered(place: String, word: String, orders: Pair<List<String>, List<String>>) {
        found += Change.Changed(place, "order of $word", orders.first.joinToString(), orders.second.joinToString())
    }

    /**
     * Both lists by name: what either has alone is beside a null. Another order of what both have is told to
     * [reordered].
     */
    private fun <Kind : Any> matched(
        before: List<Kind>,
        after: List<Kind>,
        name: (Kind) -> String,
        reordered: (Pair<List<String>, List<String>>) -> Unit,
    ): List<Pair<Kind?, Kind?>> {
        val (old, new) = before.associateBy(name) to after.associateBy(name)
        val orders = old.keys.filter { it in new } to new.keys.filter { it in old }
        if (orders.first != orders.second) reordered(orders)
        return (old.keys + new.keys).map { old[it] to new[it] }
    }

    private fun component(before: Component?, after: Component?) {
        when {
            before == after -> Unit
            before == null -> after?.let { found += Change.Added(it.name, it.words()) }
            after == null -> found += Change.Removed(before.name, before.words())
            else -> {
                val (old, new) = SerialValues.of(before) to SerialValues.of(after)
                if (SerialValues.kind(old) != SerialValues.kind(new))
                    changed(before.name, "is", before.words(), after.words())
                else values(before.name, SerialValues.changes(old, new))
                if (before is Stack && after is Stack) layers(before, after)
            }
        }
    }

    private fun values(place: String, changes: List<Triple<String, String, String>>) {
        changes.forEach { (word, before, after) -> found += Change.Changed(place, word, before, after) }
    }

    /** What changes alike in several layers is told once. */
    private fun layers(before: Stack, after: Stack) {
        val both = minOf(before.layers.size, after.layers.size)
        val alike = LinkedHashMap<Change, MutableList<Int>>()
        repeat(both) { number ->
            Layers(number).changes(before.layers[number], after.layers[number]).forEach {
                alike.getOrPut(it) { mutableListOf() } += number
            }
        }
        val all = maxOf(before.layers.size, after.layers.size)
        alike.forEach { (change, numbers) ->
            found +=
                change.at(
                    "${before.name}/${Folding.told(numbers, if (before.layers.size == after.layers.size) all else 0)}"
                )
        }
        if (before.layers.size != after.layers.size)
            changed(before.name, "layers", "${before.layers.size}", "${after.layers.size}")
    }

    private fun Change.at(stack: String): Change {
        val whole = if (place.isEmpty()) stack else "$stack/$place"
        return when (this) {
            is Change.Added -> copy(place = whole)
            is Change.Removed -> copy(place = whole)
            is Change.Changed -> copy(place = whole)
        }
    }

    /** Compares two layers; places are inside of them. */
    private inner class Layers(private val number: Int) {
        fun changes(before: Layer, after: Layer): List<Change> {
            if (before == after) return emptyList()
            val changes = mutableListOf<Change>()
            matched(
                    named(before),
                    named(after),
                    { it.first },
                    { orders ->
                        val (old, new) = orders.first.joinToString() to orders.second.joinToString()
                        changes += Change.Changed("", "order", old, new)
                    },
                )
                .forEach { (old, new) -> part(old, new, changes) }
            return changes
        }

        private fun named(layer: Layer): List<Pair<String, Part>> = layer.parts.places() zip layer.parts

        private fun part(before: Pair<String, Part>?, after: Pair<String, Part>?, changes: MutableList<Change>) {
            when {
                before == after -> Unit
                before == null -> after?.let { changes += Change.Added(it.first, words(it.second)) }
                after == null -> changes += Change.Removed(before.first, words(before.second))
                else -> {
                    val (old, new) = SerialValues.of(before.second) to SerialValues.of(after.second)
                    if (SerialValues.kind(old) != SerialValues.kind(new))
                        changes += Change.Changed(before.first, "is", words(before.second), words(after.second))
                    else
                        SerialValues.changes(old, new).forEach { (word, was, now) ->
                            changes += Change.Changed(before.first, word, was.ownLayer(number), now.ownLayer(number))
                        }
                }
            }
        }

        private fun words(part: Part): String =
            when (part) {
                is Sublayer -> part.words()
                is AddNorm -> part.norm.words()
            }
    }

    private fun objectives() {
        fun named(model: Model) =
            model.objectives
                .map { SerialValues.of(it) to it }
                .map { (stored, objective) ->
                    val about = objective.about.joinToString()
                    SerialValues.kind(stored) + (if (about.isEmpty()) "" else "($about)") to stored
                }
        matched(named(first), named(second), { it.first }, {}).forEach { (before, after) ->
            when {
                before == null -> after?.let { found += Change.Added("objective", it.first) }
                after == null -> found += Change.Removed("objective", before.first)
                else -> values("objective ${before.first}", SerialValues.changes(before.second, after.second))
            }
        }
    }
}
