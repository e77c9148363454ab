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
import io.heddle.terms.Neighbours

/**
 * Writes attention among positions of like hash (arXiv 2001.04451, section 2), as Trax and Hugging Face compute it.
 *
 * Positions are padded to whole chunks. In each round they are sorted by bucket, and within a bucket by position. The
 * rounds stand one after the other; a chunk sees itself and the one before it, the first chunk the very last one. Each
 * round counts by the sum of its exponentials.
 */
internal class HashedLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** Queries that are keys, and values: `[batch, heads, time, width]` of each; and which of them are real. */
    private data class Padded(val keys: Value, val values: Value, val real: Value)

    fun attend(
        part: Attending,
        method: Method.Hashed,
        scale: Double,
        mask: Mask,
        attended: Attended,
        scene: Scene,
        spot: Spot,
    ): Value {
        val padded = padded(part, method.chunk.toLong(), attended, scene, spot)
        val bucket = buckets(method, padded, spot)
        val order = graph.first(Op.Sort, spot.path, bucket)
        val sorted = Sorted(order, spot)
        val chunks = Chunks(context, method.chunk.toLong(), spot)
        fun rows(x: Value) = chunks.rows(graph.first(Op.Gather, spot.path, x, sorted.places))
        val scores = context.pairs(rows(padded.keys), chunks.withBefore(rows(level(padded.keys, spot))), spot)
        val hidden = chunks.sight(sight(method, mask, bucket, padded.real, sorted, chunks, spot))
        val shown = context.add(context.scale(scores, scale, spot.path), hidden, spot)
        val probabilities = graph.first(Op.Softmax, spot.path, shown)
        val dropped = context.dropout(probabilities, part.dropout, spot / "probabilities")
        val out = context.products(ProductForm.RowsByColumns, dropped, chunks.withBefore(rows(padded.values)), spot)
        fun together(x: Value): Value {
            val rounds = sorted.back(chunks.flat(x))
            val all = if (method.rounds == 1) rounds else weighed(rounds, sorted.back(sums(shown, chunks, spot)), spot)
            return graph.first(Op.Slice(ROUND, Dim.of(0), scene.keys.time), spot.path, context.sum(all, ROUND, spot))
        }
        context.watch(spot.path, scene) {
            val all = together(spread(probabilities, sorted, chunks, spot))
            graph.first(Op.Slice(LAST, Dim.of(0), scene.keys.time), spot.path, all)
        }
        return context.together(together(out), spot)
    }

    /** `[.., size, 2 size]` of the keys near each query, in the places that all keys have: `[.., size, time]`. */
    private fun spread(probabilities: Value, sorted: Sorted, chunks: Chunks, spot: Spot): Value {
        val shape = probabilities.type.shape
        val place = chunks.numbers(graph.first(Op.Real, spot.path, sorted.places))
        val places = graph.first(Op.Whole, spot.path, chunks.near(place))
        val column = context.reshape(probabilities, spot, *(shape.dims + Dim.of(1)).toTypedArray())
        val wide = graph.first(Op.Scatter(sorted.time), spot.path, column, places)
        return context.reshape(wide, spot, *(shape.leading(1).dims + sorted.time).toTypedArray())
    }

    private fun padded(part: Attending, chunk: Long, attended: Attended, scene: Scene, spot: Spot): Padded {
        val time = scene.keys.time
        val more = (time + (chunk - 1)) / chunk * chunk - time
        fun apart(x: Value) =
            graph.first(Op.Pad(2, Dim.of(0), more), spot.path, context.apart(x, part.heads, part.heads, spot))
        val real = graph.first(Op.Pad(1, Dim.of(0), more), spot.path, context.real(scene.keys))
        val everyReal = context.repeat(real, 1, Dim.of(part.heads.toLong()), spot)
        return Padded(apart(attended.keys), apart(attended.values), everyReal)
    }

    /** Where positions went: [order] has the places of each round, `index [batch, heads, rounds, time]`. */
    private inner class Sorted(private val order: Value, private val spot: Spot) {
        private val shape = order.type.shape

        /** How many positions there are, with those that fill the last chunk. */
        val time: Dim = shape.last

        /** The same, the rounds one after the other: `index [batch, heads, rounds * time]`. */
        val places: Value = graph.first(Op.Reshape(oneAfterTheOther(shape)), spot.path, order)

        private val undone = graph.first(Op.Sort, spot.path, graph.first(Op.Real, spot.path, order))

        /** `[batch, heads, rounds * time, w]` in the order of the sequence, `[batch, heads, rounds, time, w]`. */
        fun back(x: Value): Value {
            val rounds = context.reshape(x, spot, *(shape.dims + x.type.shape.last).toTypedArray())
            return graph.first(Op.Gather, spot.path, rounds, undone)
        }

        /** `[batch, heads, rounds, time]` as each round has it sorted, one after the other. */
        fun each(x: Value): Value {
            val columns = context.reshape(x, spot, *(shape.dims + Dim.of(1)).toTypedArray())
            val sorted = graph.first(Op.Gather, spot.path, columns, order)
            return graph.first(Op.Reshape(oneAfterTheOther(shape)), spot.path, sorted)
        }
    }

    private fun oneAfterTheOther(rounds: Shape): Shape {
        val (batch, heads, count, time) = rounds.dims
        return Shape(batch, heads, count * time)
    }

    private fun sight(
        method: Method.Hashed,
        mask: Mask,
        bucket: Value,
        real: Value,
        sorted: Sorted,
        chunks: Chunks,
        spot: Spot,
    ): ChunkSight {
        val place = graph.first(Op.Real, spot.path, sorted.places)
        val rounds = context.repeat(real, ROUND, Dim.of(method.rounds.toLong()), spot)
        val within =
            when (method.neighbours) {
                Neighbours.Chunks -> Added.Nothing
                Neighbours.Bucket -> Added.This(chunks.numbers(sorted.each(bucket)))
            }
        return ChunkSight(chunks.numbers(place), chunks.numbers(sorted.each(rounds)), within, mask.isCausal)
    }

    /** `max + log(sum(exp(x - max)))` over keys, `[batch, heads, rounds * time, 1]`. */
    private fun sums(scores: Value, chunks: Chunks, spot: Spot): Value {
        val keys = scores.type.shape.last
        val rows = scores.type.shape.leading(1).dims.toTypedArray()
        val largest = graph.add(Op.Largest(1), listOf(scores), spot.path).first()
        val top = context.reshape(largest, spot, *rows)
        val wide = context.scale(context.repeat(top, rows.size, keys, spot), -1.0, spot.path)
        val raised = context.apply(Function.Exponential, context.add(scores, wide, spot), spot)
        val sum = context.apply(Function.Logarithm, context.sum(raised, rows.size, spot), spot)
        return chunks.flat(context.reshape(context.add(sum, top, spot), spot, *rows, Dim.of(1)))
    }

    /** [rounds] times their parts of all exponentials, whose logarithms are [sums]. */
    private fun weighed(rounds: Value, sums: Value, spot: Spot): Value {
        val (batch, heads, count, time, width) = rounds.type.shape.dims
        val last = context.permute(context.reshape(sums, spot, batch, heads, count, time), spot, 0, 1, 3, 2)
        val shares = context.permute(graph.first(Op.Softmax, spot.path, last), spot, 0, 1, 3, 2)
        return context.multiply(rounds, context.repeat(shares, LAST + 1, width, spot), spot)
    }

    /** Keys of one length, `sqrt(headWidth)`, so that the usual scale leaves them 1 long. */
    private fun level(keys: Value, spot: Spot): Value {
        val width = keys.type.shape.last
        val squares = context.sum(context.multiply(keys, keys, spot), LAST, spot)
        val mean = context.scale(squares, 1.0 / width.size, spot.path)
        val root = context.apply(Function.Root, context.add(mean, context.constant(TINY, Shape()), spot), spot)
        val share = context.apply(Function.Reciprocal, root, spot)
        return context.multiply(keys, context.repeat(share, LAST, width, spot), spot)
    }

    /**
     * The direction that a key turns to most, of random ones and their opposites, in each round, `[batch, heads,
     * rounds, time]`; padding comes after all. No two rounds have a bucket in common.
     */
    private fun buckets(method: Method.Hashed, padded: Padded, spot: Spot): Value {
        val (batch, heads, whole, width) = padded.keys.type.shape.dims
        val (rounds, half) = Dim.of(method.rounds.toLong()) to Dim.of(method.buckets / 2L)
        val shape = Shape(heads, rounds * half, width)
        val directions = context.parameter("${spot.weights}/hash", shape, Start.Directions(method.seed), Role.Fixed)
        val turned = context.pairs(padded.keys, context.repeat(directions, 0, batch, spot), spot)
        val apart = context.reshape(turned, spot, batch, heads, whole, rounds, half)
        val mine = context.permute(apart, spot, 0, 1, 3, 2, 4)
        val both = graph.add(Op.Concat(LAST + 1), listOf(mine, context.scale(mine, -1.0, spot.path)), spot.path).first()
        val nearest = graph.first(Op.Real, spot.path, graph.add(Op.Largest(1), listOf(both), spot.path)[1])
        val found = context.reshape(nearest, spot, batch, heads, rounds, whole)
        val padding = context.add(context.scale(padded.real, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val beyond = context.repeat(context.scale(padding, method.buckets.toDouble(), spot.path), ROUND, rounds, spot)
        val numbers = graph.first(Op.Real, spot.path, graph.first(Op.Positions(rounds), spot.path, context.place(0)))
        val first = context.scale(numbers, method.buckets + 1.0, spot.path)
        val everywhere =
            context.repeat(context.repeat(context.repeat(first, 1, whole, spot), 0, heads, spot), 0, batch, spot)
        return context.add(context.add(found, beyond, spot), everywhere, spot)
    }

    private companion object {
        /** The axis of rounds in `[batch, heads, rounds, time, width]`. */
        const val ROUND = 2

        /** The axis of a head's numbers in `[batch, heads, time, width]`. */
        const val LAST = 3

        /** What is added to the mean square of a key (Trax's and Hugging Face's `_len_norm`). */
        const val TINY = 1e-6
    }
}
