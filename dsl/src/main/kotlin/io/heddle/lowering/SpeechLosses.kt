package io.heddle.lowering

import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.Speech
import io.heddle.terms.Deviation
import io.heddle.terms.Softplus

/** Writes how far frames are from those to be said, and how well it is known where they end; padding does not count. */
internal class SpeechLosses(
    private val context: LoweringContext,
    private val head: Speech,
    private val heads: HeadLowering,
) {
    private val graph = context.graph
    private val spot = Spot(head.name)
    private val frames = heads.scores(head)
    private val shape = frames.type.shape
    private val time = shape[1] * head.reduction.toLong()
    private val lengths = context.input(Names.frames(head.name), TensorType.index(Dims.batch))

    /** 1 for each frame before [count], `[batch, frames]`. */
    private fun before(count: Value): Value = graph.first(Op.RealPositions(time), spot.path, count)

    /** The sum over real frames of the mean over bands of how far a number is from the wanted one. */
    fun error(deviation: Deviation): Value {
        val features = Dims.features(head.features)
        val wanted = context.input(Names.labels(head.name), TensorType.real(shape[0], shape[1], shape.last))
        val gap = context.add(frames, context.scale(wanted, -1.0, spot.path), spot)
        val each =
            when (deviation) {
                Deviation.Absolute -> context.apply(Function.Absolute, gap, spot)
                Deviation.Squared -> context.multiply(gap, gap, spot)
            }
        val real = context.repeat(before(lengths), 2, features, spot)
        val counted = context.multiply(context.reshape(each, spot, shape[0], time, features), real, spot)
        return context.scale(graph.first(Op.SumLeading(0), spot.path, counted), 1.0 / head.features, spot.path)
    }

    /**
     * The sum over real frames of `positive * softplus(-z)` for the last one of a sequence and `softplus(z)` for all
     * others: `(1 + (positive - 1) last) softplus(z) - positive last z`.
     */
    fun stop(positive: Double): Value {
        val scores = context.reshape(heads.stops(head), spot, shape[0], time)
        val real = before(lengths)
        val shorter = context.add(graph.first(Op.Real, spot.path, lengths), context.constant(-1.0, Shape()), spot)
        val others = before(graph.first(Op.Whole, spot.path, shorter))
        val last = context.add(real, context.scale(others, -1.0, spot.path), spot)
        val weights = context.add(real, context.scale(last, positive - 1, spot.path), spot)
        val unlikely = context.multiply(weights, graph.first(Op.Activate(Softplus), spot.path, scores), spot)
        val shown = context.scale(context.multiply(last, scores, spot), -positive, spot.path)
        return graph.first(Op.SumLeading(0), spot.path, context.add(unlikely, shown, spot))
    }
}
