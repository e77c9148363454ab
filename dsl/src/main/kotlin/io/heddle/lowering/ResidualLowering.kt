package io.heddle.lowering

import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.AddNorm
import io.heddle.model.BranchFactor
import io.heddle.model.Sublayer
import io.heddle.terms.Merge

/** A run of sublayers and the `addNorm()` that closes it. */
internal data class Branch(val sublayers: List<Sublayer>, val close: AddNorm)

/** Two streams, of which branches read one and add to the other in turn: [turn] branches have. */
internal data class Streams(val left: Track, val right: Track, private val turn: Int = 0) {
    private val leftIsNext = turn % 2 == 0

    /** What the next branch reads. */
    val read: Track = if (leftIsNext) right else left

    /** With what the next branch makes of the stream that it adds to. */
    fun added(add: (Track) -> Track): Streams =
        if (leftIsNext) Streams(add(left), right, turn + 1) else Streams(left, add(right), turn + 1)

    /** With another stream for the next branch to read. */
    fun replaced(change: (Track) -> Track): Streams =
        if (leftIsNext) copy(right = change(right)) else copy(left = change(left))
}

/** Writes what is done to a branch before it comes back to its residual. */
internal class ResidualLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** Dropout, a trained factor, and sequences that go without. */
    fun branched(y: Value, close: AddNorm, spot: Spot): Value {
        val dropped = context.dropout(y, close.dropout, spot)
        val scaled =
            when (val factor = close.scale) {
                is BranchFactor.One -> dropped
                is BranchFactor.Trained -> {
                    val start = Start.Filled(factor.start)
                    val gain = context.parameter("${spot.weights}/scale", Shape(y.type.shape.last), start, Role.Gain)
                    context.multiply(dropped, gain, spot)
                }
            }
        return skipped(scaled, close, spot)
    }

    /** What becomes of two streams. */
    fun merged(merge: Merge, streams: Streams, spot: Spot): Track {
        val (left, right) = streams.left to streams.right
        return when (merge) {
            Merge.Sum -> left.copy(vectors = context.add(left.vectors, right.vectors, spot))
            Merge.Mean -> {
                val sum = context.add(left.vectors, right.vectors, spot)
                left.copy(vectors = context.scale(sum, 1.0 / 2, spot.path))
            }
            Merge.Concatenation -> Track(beside(left.vectors, right.vectors, spot), wide(left.place, spot))
        }
    }

    private fun beside(left: Value, right: Value, spot: Spot): Value =
        graph.add(Op.Concat(left.type.shape.rank - 1), listOf(left, right), spot.path).first()

    /** The same positions for vectors that are twice as wide: both halves have what is added for a position. */
    private fun wide(place: Place, spot: Spot): Place {
        fun both(added: Added) =
            when (added) {
                is Added.Nothing -> added
                is Added.This -> Added.This(beside(added.value, added.value, spot))
            }
        val (queriesAndKeys, everyLayer) = both(place.queriesAndKeys) to both(place.everyLayer)
        return Place(place.input, place.time, place.columns, { place.lengths }, queriesAndKeys, everyLayer)
    }

    private fun skipped(y: Value, close: AddNorm, spot: Spot): Value {
        val rate = context.rate(close.skip)
        if (rate == 0.0) return y
        val (batch, time, width) = y.type.shape.dims
        val drop = Op.Dropout(rate, "${spot.path}/skip")
        val kept = graph.first(drop, spot.path, context.constant(1.0, Shape(batch)), context.randomness())
        return context.multiply(y, context.repeat(context.repeat(kept, 1, time, spot), 2, width, spot), spot)
    }

    /** One trained number, which begins at 0 (arXiv 2003.04887). */
    fun rezero(y: Value, spot: Spot): Value =
        context.multiply(y, context.parameter("${spot.weights}/rate", Shape(), Start.Zeros, Role.Gain), spot)
}
