package io.heddle.lowering

import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.terms.BatchNorm
import io.heddle.terms.LayerNorm
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.PowerNorm
import io.heddle.terms.Relu
import io.heddle.terms.RmsNorm
import io.heddle.terms.ScaleNorm
import kotlin.math.sqrt

/** Writes norms. */
internal class NormLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** A norm over the last dim of [x]; those over a batch count the real positions of [place]. */
    fun norm(x: Value, norm: Norm, bias: Boolean, place: Place, spot: Spot): Value =
        when (norm) {
            is LayerNorm -> {
                val weights = listOf(gain(x, spot)) + if (bias) listOf(shift(x, spot)) else emptyList()
                graph.add(Op.LayerNorm(norm.epsilon), listOf(x) + weights, spot.path).first()
            }
            is RmsNorm -> graph.first(Op.RmsNorm(norm.epsilon), spot.path, x, gain(x, spot))
            is ScaleNorm -> scaled(x, norm, spot)
            is BatchNorm -> affine(standardized(x, norm, place, spot), bias, spot)
            is PowerNorm -> affine(powered(x, norm, place, spot), bias, spot)
            is NoNorm -> x
        }

    private fun width(x: Value) = Shape(x.type.shape.last)

    private fun gain(x: Value, spot: Spot) = context.parameter("${spot.weights}/gain", width(x), Start.Ones, Role.Gain)

    private fun shift(x: Value, spot: Spot) =
        context.parameter("${spot.weights}/bias", width(x), Start.Zeros, Role.Bias)

    private fun affine(x: Value, bias: Boolean, spot: Spot): Value {
        val stretched = context.multiply(x, gain(x, spot), spot)
        return if (bias) context.add(stretched, shift(x, spot), spot) else stretched
    }

    /** `gain * x / max(|x|, epsilon)`, the larger of two being `epsilon + relu(|x| - epsilon)`. */
    private fun scaled(x: Value, norm: ScaleNorm, spot: Spot): Value {
        val last = x.type.shape.rank - 1
        val start = Start.Filled(sqrt(x.type.shape.last.size.toDouble()))
        val gain = context.parameter("${spot.weights}/gain", Shape(), start, Role.Gain)
        val length = context.apply(Function.Root, context.sum(context.multiply(x, x, spot), last, spot), spot)
        val above = graph.first(Op.Activate(Relu), spot.path, shifted(length, -norm.epsilon, spot))
        val divisor = context.apply(Function.Reciprocal, shifted(above, norm.epsilon, spot), spot)
        val unit = context.multiply(x, context.repeat(divisor, last, x.type.shape.last, spot), spot)
        return context.multiply(unit, gain, spot)
    }

    private fun shifted(x: Value, by: Double, spot: Spot): Value = context.add(x, context.constant(by, Shape()), spot)

    private fun standardized(x: Value, norm: BatchNorm, place: Place, spot: Spot): Value {
        val mean = kept("mean", x, Start.Zeros, spot)
        val variance = kept("variance", x, Start.Ones, spot)
        if (!isLearning(spot / "mean")) return standardized(x, mean, variance, norm, spot)
        val rows = Rows(x, place, spot)
        val batchMean = rows.mean(x)
        val centered = context.add(x, context.scale(batchMean, -1.0, spot.path), spot)
        val squares = context.multiply(centered, centered, spot)
        follow(mean, batchMean, norm.momentum, spot / "mean")
        follow(variance, rows.unbiased(squares), norm.momentum, spot / "variance")
        return standardized(x, batchMean, rows.mean(squares), norm, spot)
    }

    private fun standardized(x: Value, mean: Value, variance: Value, norm: BatchNorm, spot: Spot): Value {
        val centered = context.add(x, context.scale(mean, -1.0, spot.path), spot)
        val deviation = context.apply(Function.Root, shifted(variance, norm.epsilon, spot), spot)
        return context.multiply(centered, context.apply(Function.Reciprocal, deviation, spot), spot)
    }

    private fun powered(x: Value, norm: PowerNorm, place: Place, spot: Spot): Value {
        val square = kept("square", x, Start.Ones, spot)
        val root = context.apply(Function.Root, shifted(square, norm.epsilon, spot), spot)
        val unit = context.multiply(x, context.apply(Function.Reciprocal, root, spot), spot)
        val correction = kept("correction", x, Start.Zeros, spot)
        if (!isLearning(spot / "square")) return unit
        val rows = Rows(x, place, spot)
        follow(square, rows.mean(context.multiply(x, x, spot)), norm.momentum, spot / "square")
        return graph.first(Op.RunningCorrection(norm.momentum), spot.path, unit, correction, rows.real)
    }

    /** What a norm keeps beside its weights, and training does not touch: as its last user left it. */
    private fun kept(name: String, x: Value, start: Start, spot: Spot): Value {
        val path = "${spot.weights}/$name"
        return context.kept[path] ?: context.parameter(path, width(x), start, Role.Fixed)
    }

    /** Whether running averages move: a norm that is frozen stays as it is, in training too. */
    private fun isLearning(spot: Spot) = context.purpose.learns && !context.isFrozen(spot.weights)

    private fun follow(state: Value, fresh: Value, momentum: Double, spot: Spot) {
        context.kept[spot.weights] = graph.first(Op.Blend(momentum), spot.path, state, fresh)
    }

    /** The rows of [x] that are no padding, in whose means a norm takes part. */
    private inner class Rows(x: Value, place: Place, private val spot: Spot) {
        /** 1 for each row: of positions, of the heads of positions, or of whole sequences. */
        val real: Value = real(x.type.shape.leading(1), place)
        private val count = graph.first(Op.SumLeading(0), spot.path, real)

        private fun real(rows: Shape, place: Place): Value {
            if (rows.rank == 1) return context.constant(1.0, rows)
            return rows.dims.drop(2).foldIndexed(context.real(place)) { at, real, dim ->
                context.repeat(real, at + 2, dim, spot)
            }
        }

        /** `[width]`. */
        fun mean(x: Value): Value = divided(total(x), count)

        /** As [mean], over one less than there are rows, `max(count, 2) - 1`. */
        fun unbiased(x: Value): Value {
            val above = graph.first(Op.Activate(Relu), spot.path, shifted(count, -2.0, spot))
            return divided(total(x), shifted(above, 1.0, spot))
        }

        private fun divided(x: Value, by: Value) =
            context.multiply(x, context.apply(Function.Reciprocal, by, spot), spot)

        private fun total(x: Value): Value {
            val shape = x.type.shape
            val shown = context.multiply(x, context.repeat(real, shape.rank - 1, shape.last, spot), spot)
            return graph.first(Op.SumLeading(1), spot.path, shown)
        }
    }
}
