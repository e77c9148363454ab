package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.Value
import io.heddle.terms.Among
import io.heddle.terms.Relu

/** Writes what training makes small of routers of experts. Padding does not count. */
internal class RouterLosses(private val context: LoweringContext, private val spot: Spot) {
    private val graph = context.graph

    /** `count * sum(share of positions * mean probability)`; what is chosen has no gradient. */
    fun balance(routed: ExpertLowering.Routed, among: Among): Value {
        val (positions, count) = routed.scores.type.shape.dims
        val choices = routed.chosen.type.shape[1]
        val ones = context.constant(1.0, Shape(positions, choices, Dim.of(1)))
        val sent =
            context.reshape(graph.first(Op.Scatter(count), spot.path, ones, routed.chosen), spot, positions, count)
        val shown = context.repeat(context.reshape(routed.real, spot, positions), 1, count, spot)
        val probable = context.multiply(routed.probabilities, shown, spot)
        val (batch, time) = routed.real.type.shape.dims
        fun whole(x: Value) =
            when (among) {
                Among.Batch -> context.reshape(graph.first(Op.SumLeading(1), spot.path, x), spot, Dim.of(1), count)
                Among.Sequence -> context.sum(context.reshape(x, spot, batch, time, count), 1, spot)
            }
        val product = context.sum(context.multiply(whole(sent), whole(probable), spot), 1, spot)
        val real =
            when (among) {
                Among.Batch -> context.reshape(all(routed.real), spot, Dim.of(1))
                Among.Sequence -> context.sum(routed.real, 1, spot)
            }
        val each = context.multiply(product, share(context.multiply(real, real, spot)), spot)
        val sequences = context.sum(context.constant(1.0, Shape(each.type.shape.last)), 0, spot)
        val mean = context.multiply(context.sum(each, 0, spot), share(sequences), spot)
        return context.scale(mean, count.size.toDouble() / choices.size, spot.path)
    }

    /** The mean of `log(sum(exp(scores)))^2`. */
    fun size(routed: ExpertLowering.Routed): Value {
        val (positions, count) = routed.scores.type.shape.dims
        val logs = context.scale(graph.first(Op.LogSoftmax, spot.path, routed.scores), -1.0, spot.path)
        val sums = context.sum(context.add(routed.scores, logs, spot), 1, spot)
        val log = context.scale(sums, 1.0 / count.size, spot.path)
        val squares = context.multiply(log, log, spot)
        val shown = context.multiply(squares, context.reshape(routed.real, spot, positions), spot)
        return context.multiply(context.sum(shown, 0, spot), share(all(routed.real)), spot)
    }

    private fun all(x: Value): Value = graph.first(Op.SumLeading(0), spot.path, x)

    /** `1 / count`, and 1 where nothing was counted. */
    private fun share(count: Value): Value {
        val missing = context.add(context.scale(count, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val atLeastOne = context.add(count, graph.first(Op.Activate(Relu), spot.path, missing), spot)
        return context.apply(Function.Reciprocal, atLeastOne, spot)
    }
}
