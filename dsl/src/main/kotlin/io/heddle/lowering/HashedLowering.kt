package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.Method
import io.heddle.rules.isCausal
import io.heddle.terms.Mask

/**
 * Writes attention among positions of like hash (arXiv 2001.04451, section 2).
 *
 * Positions are padded to whole chunks. In each round they are sorted by bucket, and within a bucket by position; a
 * chunk sees itself and the one before it. Each round counts by the sum of its exponentials.
 */
internal class HashedLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** One round: what it gives, `[batch, heads, time, width]`, and the log of its sums, `[batch, heads, time]`. */
    private data class Round(val out: Value, val logSum: Value)

    fun attend(
        part: Attending,
        method: Method.Hashed,
        scale: Double,
        mask: Mask,
        attended: Attended,
        scene: Scene,
        spot: Spot,
    ): Value {
        val chunk = method.chunk.toLong()
        val time = scene.keys.time
        val whole = (time + (chunk - 1)) / chunk * chunk
        fun padded(x: Value) = graph.first(Op.Pad(2, Dim.of(0), whole - time), spot.path, x)
        val keys = padded(context.apart(attended.keys, part.heads, part.heads, spot))
        val values = padded(context.apart(attended.values, part.heads, part.heads, spot))
        val real = graph.first(Op.Pad(1, Dim.of(0), whole - time), spot.path, context.real(scene.keys))
        val rounds = (0 until method.rounds).map { round(it, method, part, scale, mask, keys, values, real, spot) }
        val sums =
            rounds.map { context.reshape(it.logSum, spot, *(it.logSum.type.shape.dims + Dim.of(1)).toTypedArray()) }
        val shares = graph.first(Op.Softmax, spot.path, graph.add(Op.Concat(LAST), sums, spot.path).first())
        val out =
            rounds
                .mapIndexed { at, round ->
                    val one = graph.first(Op.Slice(LAST, Dim.of(at.toLong()), Dim.of(1)), spot.path, shares)
                    val flat = context.reshape(one, spot, *one.type.shape.leading(1).dims.toTypedArray())
                    context.multiply(round.out, context.repeat(flat, LAST, round.out.type.shape.last, spot), spot)
                }
                .reduce { sum, next -> context.add(sum, next, spot) }
        return context.together(graph.first(Op.Slice(2, Dim.of(0), time), spot.path, out), spot)
    }

    @Suppress("LongParameterList") // A round needs all of it, and nothing else does.
    private fun round(
        number: Int,
        method: Method.Hashed,
        part: Attending,
        scale: Double,
        mask: Mask,
        keys: Value,
        values: Value,
        real: Value,
        spot: Spot,
    ): Round {
        val (batch, heads, whole) = keys.type.shape.dims
        val place = positions(whole, batch, heads, spot)
        val bucket = buckets(method, keys, number, real, spot)
        val order = graph.first(Op.Sort, spot.path, bucket)
        val back = graph.first(Op.Sort, spot.path, graph.first(Op.Real, spot.path, order))
        val chunks = Chunks(context, method.chunk.toLong(), spot)
        fun sorted(x: Value) = graph.first(Op.Gather, spot.path, x, order)
        fun sortedNumbers(x: Value) =
            chunks.numbers(
                context.reshape(
                    sorted(context.reshape(x, spot, batch, heads, whole, Dim.of(1))),
                    spot,
                    batch,
                    heads,
                    whole,
                )
            )
        val queries = chunks.rows(sorted(keys))
        val unit = chunks.withBefore(chunks.rows(sorted(unit(keys, spot))))
        val scores = context.scale(context.pairs(queries, unit, spot), scale, spot.path)
        val everyReal = context.repeat(real, 1, heads, spot)
        val sight = chunks.sight(sortedNumbers(bucket), sortedNumbers(place), sortedNumbers(everyReal), mask.isCausal)
        val shown = context.add(scores, sight, spot)
        val probabilities = graph.first(Op.Softmax, spot.path, shown)
        val dropped = context.dropout(probabilities, part.dropout, spot / "probabilities/$number")
        val out =
            context.products(ProductForm.RowsByColumns, dropped, chunks.withBefore(chunks.rows(sorted(values))), spot)
        val flat = chunks.flat(out)
        val logs = context.reshape(chunks.flat(logSum(shown, spot)), spot, batch, heads, whole, Dim.of(1))
        val logSum = context.reshape(graph.first(Op.Gather, spot.path, logs, back), spot, batch, heads, whole)
        return Round(graph.first(Op.Gather, spot.path, flat, back), logSum)
    }

    /** `max + log(sum(exp(x - max)))` over keys. */
    private fun logSum(scores: Value, spot: Spot): Value {
        val (batch, heads, chunks, queries, keys) = scores.type.shape.dims
        val top =
            context.reshape(
                graph.add(Op.Largest(1), listOf(scores), spot.path).first(),
                spot,
                batch,
                heads,
                chunks,
                queries,
            )
        val wide = context.repeat(top, LAST + 1, keys, spot)
        val raised =
            context.apply(Function.Exponential, context.add(scores, context.scale(wide, -1.0, spot.path), spot), spot)
        return context.add(context.apply(Function.Logarithm, context.sum(raised, LAST + 1, spot), spot), top, spot)
    }

    private fun positions(whole: Dim, batch: Dim, heads: Dim, spot: Spot): Value {
        val places = graph.first(Op.Real, spot.path, graph.first(Op.Positions(whole), spot.path, context.place(0)))
        return context.repeat(context.repeat(places, 0, heads, spot), 0, batch, spot)
    }

    /** Keys as long as 1: what a shared query looks at. */
    private fun unit(keys: Value, spot: Spot): Value {
        val squares = context.sum(context.multiply(keys, keys, spot), LAST, spot)
        val length = context.apply(Function.Root, context.add(squares, context.constant(TINY, Shape()), spot), spot)
        return context.multiply(
            keys,
            context.repeat(context.apply(Function.Reciprocal, length, spot), LAST, keys.type.shape.last, spot),
            spot,
        )
    }

    /** The direction that a key turns to most, of random ones and their opposites; padding comes after all. */
    private fun buckets(method: Method.Hashed, keys: Value, number: Int, real: Value, spot: Spot): Value {
        val (batch, heads, whole, width) = keys.type.shape.dims
        val half = Dim.of(method.buckets / 2L)
        val shape = Shape(half, width)
        val directions =
            context.parameter("${spot.weights}/hash/$number", shape, Start.Directions(method.seed), Role.Fixed)
        val turned = graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, keys, directions)
        val both = graph.add(Op.Concat(LAST), listOf(turned, context.scale(turned, -1.0, spot.path)), spot.path).first()
        val nearest = graph.first(Op.Real, spot.path, graph.add(Op.Largest(1), listOf(both), spot.path)[1])
        val padding = context.add(context.scale(real, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val last = context.repeat(context.scale(padding, method.buckets.toDouble(), spot.path), 1, heads, spot)
        return context.add(context.reshape(nearest, spot, batch, heads, whole), last, spot)
    }

    private companion object {
        /** The axis of a head's numbers in `[batch, heads, time, width]`. */
        const val LAST = 3

        const val TINY = 1e-12
    }
}
