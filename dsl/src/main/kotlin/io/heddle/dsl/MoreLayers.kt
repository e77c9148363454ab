package io.heddle.dsl

import io.heddle.describe.anywhere
import io.heddle.model.CrossAttention
import io.heddle.model.Layer
import io.heddle.model.Stack

/**
 * A stack with more layers or fewer: the last ones go, and those that come are as the last one, or go on in turn where
 * two, three or four kinds of layers take turns.
 */
internal class MoreLayers(private val stack: Stack) {
    private val alike = stack.layers.mapIndexed { number, layer -> layer.anywhere(number) }

    /** After how many layers all are as before; 0 where they are not. */
    private val period =
        (1..LONGEST).firstOrNull { turn ->
            alike.size > turn && (turn until alike.size).all { alike[it] == alike[it - turn] }
        } ?: 0

    fun of(count: Int): Stack = stack.copy(layers = List(count) { stack.layers.getOrNull(it) ?: repeated(it) })

    /** The layer that is there already and that [number] repeats; itself where it is there. */
    fun source(number: Int): Int {
        val count = stack.layers.size
        if (number < count) return number
        val turn = maxOf(period, 1)
        return count - turn + (number - count) % turn
    }

    private fun repeated(number: Int): Layer {
        val source = source(number)
        val layer = stack.layers[source]
        if (period == 0) return layer
        return Layer(
            layer.parts.map { part ->
                if (part is CrossAttention && part.from.endsWith("/$source"))
                    part.copy(from = "${part.from.substringBeforeLast('/')}/$number")
                else part
            }
        )
    }

    private companion object {
        const val LONGEST = 4
    }
}
