package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.terms.Pooling
import io.heddle.terms.XavierUniform

/** Writes one vector for a sequence, `[batch, width]`. */
internal class PoolLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** What [pooling] makes of a sequence; the sequence itself where each position stands for itself. */
    fun pooled(x: Track, pooling: Pooling, spot: Spot): Value =
        when (pooling) {
            Pooling.Each -> x.vectors
            Pooling.First -> first(x, spot)
            Pooling.Last -> graph.first(Op.TakeLast, spot.path, x.vectors, x.place.lengths)
            Pooling.Mean -> mean(x, spot)
            Pooling.Max -> largest(x, spot)
            Pooling.Attentive -> attentive(x, spot)
        }

    private fun first(x: Track, spot: Spot): Value {
        val (batch, _, width) = x.vectors.type.shape.dims
        val one = graph.first(Op.Slice(1, Dim.of(0), Dim.of(1)), spot.path, x.vectors)
        return context.reshape(one, spot, batch, width)
    }

    private fun mean(x: Track, spot: Spot): Value {
        val total = context.sum(context.unpadded(x.vectors, x.place, spot), 1, spot)
        val share = context.apply(Function.Reciprocal, context.sum(context.real(x.place), 1, spot), spot)
        return context.multiply(total, context.repeat(share, 1, total.type.shape.last, spot), spot)
    }

    /** `-infinity` for padding, `[batch, time]`. */
    private fun hidden(x: Track, spot: Spot): Value = context.apply(Function.Logarithm, context.real(x.place), spot)

    private fun largest(x: Track, spot: Spot): Value {
        val (batch, _, width) = x.vectors.type.shape.dims
        val shown = context.add(x.vectors, context.repeat(hidden(x, spot), 2, width, spot), spot)
        val top = graph.add(Op.Largest(1), listOf(context.permute(shown, spot, 0, 2, 1)), spot.path).first()
        return context.reshape(top, spot, batch, width)
    }

    private fun attentive(x: Track, spot: Spot): Value {
        val (batch, time, width) = x.vectors.type.shape.dims
        val scores = context.linear(x.vectors, Dim.of(1), XavierUniform(), true, spot / "attention")
        val shown = context.add(context.reshape(scores, spot, batch, time), hidden(x, spot), spot)
        val shares = context.repeat(graph.first(Op.Softmax, spot.path, shown), 2, width, spot)
        return context.sum(context.multiply(x.vectors, shares, spot), 1, spot)
    }
}
