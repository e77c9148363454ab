package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.Matching
import io.heddle.terms.Relu

/**
 * Writes the loss of boxes and classes against those of a picture (arXiv 2005.12872, equations 1 and 2). The last class
 * stands for nothing.
 */
internal class MatchLowering(
    private val context: LoweringContext,
    private val objective: Matching,
    private val classes: Int,
) {
    private val graph = context.graph
    private val spot = Spot("objective")
    private val objects = Dims.objects
    private val wantedBoxes =
        context.input(Names.boxes(objective.box), TensorType.real(Dims.batch, objects, Dim.of(SIDES)))
    private val kinds = context.input(Names.objects(objective.label), TensorType.index(Dims.batch, objects))
    private val counts = context.input(Names.counts(objective.label), TensorType.index(Dims.batch))

    /** The loss of [scores], `[batch, n, classes]`, and [boxes], `[batch, n, 4]`. */
    fun loss(scores: Value, boxes: Value): Value {
        val logs = graph.first(Op.LogSoftmax, spot.path, scores)
        val matched = graph.first(Op.Match, spot.path, costs(logs, boxes), counts)
        return add(classLoss(logs, matched), boxLoss(boxes, matched))
    }

    private fun add(x: Value, y: Value) = context.add(x, y, spot)

    private fun times(x: Value, y: Value) = context.multiply(x, y, spot)

    private fun scale(x: Value, factor: Double) = context.scale(x, factor, spot.path)

    private fun minus(x: Value, y: Value) = add(x, scale(y, -1.0))

    /** Pairs of each prediction and each object, `[batch, n, objects]`. */
    private fun costs(logs: Value, boxes: Value): Value {
        val (_, n) = boxes.type.shape.dims
        val probabilities = context.apply(Function.Exponential, logs, spot)
        val ofKinds = oneHot(kinds, objects)
        val likely = context.products(ProductForm.RowsByRows, probabilities, ofKinds, spot)
        val predicted = context.repeat(boxes, 2, objects, spot)
        val wanted = context.repeat(wantedBoxes, 1, n, spot)
        val geometry = geometry(predicted, wanted)
        return add(scale(likely, -1.0), geometry)
    }

    /** `distance * |box - true| + overlap * (1 - GIoU)`, over the last axis. */
    private fun geometry(predicted: Value, wanted: Value): Value {
        val last = predicted.type.shape.rank - 1
        val distance = context.sum(context.apply(Function.Absolute, minus(predicted, wanted), spot), last, spot)
        val union = add(scale(overlap(predicted, wanted), -1.0), context.constant(1.0, Shape()))
        return add(scale(distance, objective.distance), scale(union, objective.overlap))
    }

    private data class Corners(val low: Value, val high: Value)

    /** Left and upper, right and lower corner, each `[.., 2]`. */
    private fun corners(box: Value): Corners {
        val last = box.type.shape.rank - 1
        val center = graph.first(Op.Slice(last, Dim.of(0), Dim.of(2)), spot.path, box)
        val half = scale(graph.first(Op.Slice(last, Dim.of(2), Dim.of(2)), spot.path, box), 1.0 / 2)
        return Corners(minus(center, half), add(center, half))
    }

    private fun larger(x: Value, y: Value) = add(y, graph.first(Op.Activate(Relu), spot.path, minus(x, y)))

    private fun smaller(x: Value, y: Value) = minus(x, graph.first(Op.Activate(Relu), spot.path, minus(x, y)))

    /** The product of two sides that are not negative. */
    private fun area(low: Value, high: Value): Value {
        val sides = graph.first(Op.Activate(Relu), spot.path, minus(high, low))
        val last = sides.type.shape.rank - 1
        fun side(at: Long): Value {
            val one = graph.first(Op.Slice(last, Dim.of(at), Dim.of(1)), spot.path, sides)
            return context.reshape(one, spot, *one.type.shape.leading(1).dims.toTypedArray())
        }
        return times(side(0), side(1))
    }

    /** The generalized share of two boxes in their union (arXiv 1902.09630, algorithm 1). */
    private fun overlap(predicted: Value, wanted: Value): Value {
        val (left, right) = corners(predicted) to corners(wanted)
        val both = area(larger(left.low, right.low), smaller(left.high, right.high))
        val union = minus(add(area(left.low, left.high), area(right.low, right.high)), both)
        val around = area(smaller(left.low, right.low), larger(left.high, right.high))
        fun share(x: Value, of: Value): Value =
            times(x, context.apply(Function.Reciprocal, add(of, context.constant(TINY, Shape())), spot))
        return minus(share(both, union), share(minus(around, union), around))
    }

    /** 1 at the place of each index, `[.., n, classes]`; nothing for a negative one. */
    private fun oneHot(index: Value, count: Dim): Value {
        val ones = context.constant(1.0, Shape(Dims.batch, count, Dim.of(1), Dim.of(1)))
        val places = context.reshape(index, spot, Dims.batch, count, Dim.of(1))
        val sent = graph.first(Op.Scatter(Dims.classes(classes)), spot.path, ones, places)
        return context.reshape(sent, spot, Dims.batch, count, Dims.classes(classes))
    }

    /** What [matched] chose among `x [batch, objects, w]`; zeros for nothing. */
    private fun chosen(x: Value, matched: Value): Value = graph.first(Op.Gather, spot.path, x, matched)

    private fun classLoss(logs: Value, matched: Value): Value {
        val wanted = chosen(oneHot(kinds, objects), matched)
        val shown = context.sum(wanted, 2, spot)
        val found = scale(context.sum(times(logs, wanted), 2, spot), -1.0)
        val nothing = graph.first(Op.Slice(2, Dim.of(classes - 1L), Dim.of(1)), spot.path, logs)
        val flat = context.reshape(nothing, spot, *nothing.type.shape.leading(1).dims.toTypedArray())
        val empty = add(scale(shown, -1.0), context.constant(1.0, Shape()))
        val weight = add(shown, scale(empty, objective.absent))
        val all = add(found, scale(times(flat, empty), -objective.absent))
        return times(total(all), context.apply(Function.Reciprocal, total(weight), spot))
    }

    private fun boxLoss(boxes: Value, matched: Value): Value {
        val wanted = chosen(wantedBoxes, matched)
        val shown = context.sum(chosen(oneHot(kinds, objects), matched), 2, spot)
        val number = context.sum(graph.first(Op.Real, spot.path, counts), 0, spot)
        val share = context.apply(Function.Reciprocal, add(number, context.constant(TINY, Shape())), spot)
        return times(total(times(geometry(boxes, wanted), shown)), share)
    }

    private fun total(x: Value): Value = graph.first(Op.SumLeading(0), spot.path, x)

    private companion object {
        const val SIDES = 4L

        /** What is added to areas that something is divided by. */
        const val TINY = 1e-7
    }
}
