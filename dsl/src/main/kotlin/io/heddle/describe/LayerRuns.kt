package io.heddle.describe

import io.heddle.model.CrossAttention
import io.heddle.model.Layer
import io.heddle.model.Stack

/** Layers of a stack that are equal: [numbers] in order, evenly apart. */
internal data class LayerRun(val numbers: List<Int>, val layer: Layer) {
    val times: Int
        get() = numbers.size

    /** `3`, `0..5`, `0, 2, 4 .. 10`. */
    override fun toString(): String =
        when {
            times == 1 -> "${numbers[0]}"
            numbers[1] == numbers[0] + 1 -> "${numbers.first()}..${numbers.last()}"
            times <= LISTED -> numbers.joinToString()
            else -> "${numbers.take(LISTED).joinToString()} .. ${numbers.last()}"
        }

    /** `layer 3`, `layers 0 to 5`, `layers 0, 2, 4 .. 10`. */
    fun words(): String =
        when {
            times == 1 -> "layer ${numbers[0]}"
            numbers[1] == numbers[0] + 1 -> "layers ${numbers.first()} to ${numbers.last()}"
            else -> "layers $this"
        }

    private companion object {
        const val LISTED = 3
    }
}

/**
 * The layers of a stack, those that are equal told once: neighbours, or each second, third or fourth one where they
 * take turns. A layer that attends to the layer of its own number in another stack is equal to one that does the same.
 */
internal fun Stack.runs(): List<LayerRun> {
    val alike = layers.mapIndexed { number, layer -> layer.anywhere(number) }
    val runs = mutableListOf<LayerRun>()
    var first = 0
    while (first < alike.size) {
        val (period, times) = longest(alike, first)
        for (at in first until first + period) runs += LayerRun(List(times) { at + it * period }, layers[at])
        first += period * times
    }
    return runs
}

/** How many layers take turns from [first] on, and how often; the fewer of those that reach as far. */
private fun longest(layers: List<Layer>, first: Int): Pair<Int, Int> =
    (1..LONGEST)
        .map { period -> period to turns(layers, first, period) }
        .filter { (period, times) -> period == 1 || times > 1 }
        .maxBy { (period, times) -> period * times }

private fun turns(layers: List<Layer>, first: Int, period: Int): Int {
    var end = first + period
    while (end < layers.size && layers[end] == layers[end - period]) end++
    return (minOf(end, layers.size) - first) / period
}

/** The layer, where it says the layer of its own number with a star instead. */
internal fun Layer.anywhere(number: Int): Layer =
    Layer(
        parts.map { part ->
            if (part is CrossAttention && part.from.endsWith("/$number")) part.copy(from = part.from.ownLayer(number))
            else part
        }
    )

/** `encoder/3`, read by a layer 3, with a star for the number. */
internal fun String.ownLayer(number: Int): String = if (endsWith("/$number")) "${substringBeforeLast('/')}/*" else this

private const val LONGEST = 4
