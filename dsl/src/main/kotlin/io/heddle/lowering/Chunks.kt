package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.Value
import io.heddle.terms.Relu

/**
 * What decides who sees whom among sorted positions, `[batch, heads, chunks, size]` of each.
 *
 * @property place where a position stood before it was sorted
 * @property real 1 for real positions, 0 for padding
 * @property within the bucket that a query does not look out of, where it is to look at that alone
 * @property causal whether later positions are hidden
 */
internal data class ChunkSight(val place: Value, val real: Value, val within: Added, val causal: Boolean)

/** Cuts sorted positions into chunks of [size], and tells who sees whom among a chunk and the one before it. */
internal class Chunks(private val context: LoweringContext, private val size: Long, private val spot: Spot) {
    private val graph = context.graph

    /** `[batch, heads, time, width]` as `[batch, heads, chunks, size, width]`. */
    fun rows(x: Value): Value {
        val (batch, heads, time, width) = x.type.shape.dims
        return context.reshape(x, spot, batch, heads, time / size, Dim.of(size), width)
    }

    /** `[batch, heads, time]` as `[batch, heads, chunks, size]`. */
    fun numbers(x: Value): Value {
        val (batch, heads, time) = x.type.shape.dims
        return context.reshape(x, spot, batch, heads, time / size, Dim.of(size))
    }

    /** Chunks one after the other again. */
    fun flat(x: Value): Value {
        val (batch, heads, chunks, size) = x.type.shape.dims
        val rest = x.type.shape.dims.drop(POSITIONS + 1)
        return context.reshape(x, spot, *(listOf(batch, heads, chunks * size) + rest).toTypedArray())
    }

    /**
     * Each chunk after the one before it; before the first comes the last. Where all positions are in one chunk, they
     * are all there twice, with the same scores, which comes to the same as once.
     */
    fun withBefore(x: Value): Value {
        val chunks = x.type.shape[ROW]
        val last = graph.first(Op.Slice(ROW, chunks - 1L, Dim.of(1)), spot.path, x)
        val all = graph.add(Op.Concat(ROW), listOf(last, x), spot.path).first()
        val before = graph.first(Op.Slice(ROW, Dim.of(0), chunks), spot.path, all)
        return graph.add(Op.Concat(POSITIONS), listOf(before, x), spot.path).first()
    }

    /**
     * What is added to scores: so little for what is hidden that nothing is left of it, and less than anything shown
     * has for a position's own key, which it is to look at only when there is no other.
     */
    fun sight(seen: ChunkSight): Value {
        val real = near(seen.real)
        val near =
            when (val within = seen.within) {
                is Added.Nothing -> real
                is Added.This -> context.multiply(real, equal(within.value), spot)
            }
        val shown = if (seen.causal) context.multiply(near, notLater(seen.place), spot) else near
        val less = context.add(shown, context.constant(-1.0, Shape()), spot)
        val hidden = context.scale(less, HIDDEN, spot.path)
        return context.add(hidden, context.scale(equal(seen.place), OWN, spot.path), spot)
    }

    /** What the keys have that each query may look at, `[.., size, 2 size]`, of what all positions have. */
    fun near(x: Value): Value = keys(withBefore(x))

    private fun queries(x: Value): Value = context.repeat(x, POSITIONS + 1, Dim.of(2 * size), spot)

    private fun keys(x: Value): Value = context.repeat(x, POSITIONS, Dim.of(size), spot)

    /** How much larger a query's whole number is than a key's. */
    private fun difference(x: Value): Value = context.add(queries(x), context.scale(near(x), -1.0, spot.path), spot)

    /** 1 where whole numbers are equal, 0 elsewhere: `relu(1 - |difference|)`. */
    private fun equal(x: Value): Value {
        val distance = context.scale(context.apply(Function.Absolute, difference(x), spot), -1.0, spot.path)
        return graph.first(Op.Activate(Relu), spot.path, context.add(distance, context.constant(1.0, Shape()), spot))
    }

    /** 1 where a key is not later than its query: `min(1, relu(difference + 1))`. */
    private fun notLater(place: Value): Value {
        val more = context.add(difference(place), context.constant(1.0, Shape()), spot)
        val above = graph.first(Op.Activate(Relu), spot.path, more)
        val less = context.add(context.scale(above, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val capped = context.scale(graph.first(Op.Activate(Relu), spot.path, less), -1.0, spot.path)
        return context.add(capped, context.constant(1.0, Shape()), spot)
    }

    private companion object {
        const val ROW = 2
        const val POSITIONS = 3

        /** What is added to the score of a position's own key (arXiv 2001.04451's code). */
        const val OWN = -1e5

        /** What is added to a score that is hidden: a row with nothing else still has numbers. */
        const val HIDDEN = 1e9
    }
}
