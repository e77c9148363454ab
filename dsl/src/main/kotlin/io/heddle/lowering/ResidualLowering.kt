package io.heddle.lowering

import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.AddNorm
import io.heddle.model.BranchFactor
import io.heddle.model.Sublayer

/** A run of sublayers and the `addNorm()` that closes it. */
internal data class Branch(val sublayers: List<Sublayer>, val close: AddNorm)

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
