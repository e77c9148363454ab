package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.Value
import io.heddle.terms.Relu

/** Writes how far attentions look from the diagonal (arXiv 1710.08969, section 4.1). */
internal class GuidedLosses(private val context: LoweringContext, private val spot: Spot) {
    private val graph = context.graph

    /**
     * The mean of `A * (1 - exp(-(n / N - t / T)^2 / (2 sharpness^2)))` over the `T` queries and `N` keys of a
     * sequence, then over heads and sequences, where `A` is what the attention at [path] gives.
     */
    fun loss(path: String, sharpness: Double): Value {
        val looks = context.looks(path)
        val scene = context.scene(path)
        val (batch, heads, queries, keys) = looks.type.shape.dims
        val rows = along(share(scene.queries.lengths, queries), 2, keys)
        val columns = along(share(scene.keys.lengths, keys), 1, queries)
        val gap = context.add(columns, context.scale(rows, -1.0, spot.path), spot)
        val spread = 2 * sharpness * sharpness
        val exponent = context.scale(context.multiply(gap, gap, spot), -1.0 / spread, spot.path)
        val near = context.scale(context.apply(Function.Exponential, exponent, spot), -1.0, spot.path)
        val far = context.add(near, context.constant(1.0, Shape()), spot)
        val each = context.multiply(far, along(counted(scene, queries), 2, keys), spot)
        val all = context.multiply(looks, along(each, 1, heads), spot)
        val sum = graph.first(Op.SumLeading(0), spot.path, all)
        val rounds = graph.first(Op.SumLeading(0), spot.path, context.constant(1.0, Shape(batch, heads)))
        return context.multiply(sum, context.apply(Function.Reciprocal, rounds, spot), spot)
    }

    private fun along(x: Value, axis: Int, count: Dim) = context.repeat(x, axis, count, spot)

    /** Each position over how many real ones its sequence has, `[batch, count]`. */
    private fun share(lengths: Value, count: Dim): Value {
        val places = graph.first(Op.Real, spot.path, graph.first(Op.Positions(count), spot.path, context.place(0)))
        val all = along(places, 0, lengths.type.shape.last)
        return context.multiply(all, along(inverse(lengths), 1, count), spot)
    }

    /** `1 / (T N)` for each real query of a sequence, 0 for padding, `[batch, queries]`. Padded keys get nothing. */
    private fun counted(scene: Scene, queries: Dim): Value {
        val (rows, columns) = inverse(scene.queries.lengths) to inverse(scene.keys.lengths)
        return context.multiply(
            context.real(scene.queries),
            along(context.multiply(rows, columns, spot), 1, queries),
            spot,
        )
    }

    /** `1 / max(1, length)`, `[batch]`: of an empty sequence nothing is looked at. */
    private fun inverse(lengths: Value): Value {
        val less = context.add(graph.first(Op.Real, spot.path, lengths), context.constant(-1.0, Shape()), spot)
        val more = graph.first(Op.Activate(Relu), spot.path, less)
        return context.apply(Function.Reciprocal, context.add(more, context.constant(1.0, Shape()), spot), spot)
    }
}
