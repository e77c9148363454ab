package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.model.Attention
import io.heddle.terms.Relu

/** Writes what an attention remembers of the run before (arXiv 1901.02860, section 3.2). */
internal class MemoryLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /**
     * How many positions are remembered for this purpose; a cache of keys and values remembers by itself, and before a
     * source there is nothing.
     */
    fun count(part: Attention): Int =
        when (context.purpose) {
            Purpose.Training,
            Purpose.Rewarding,
            Purpose.Evaluation,
            Purpose.Inference -> part.memory
            Purpose.Encoding,
            Purpose.Decoding,
            Purpose.Filling -> 0
        }

    /**
     * What was remembered, and [x] after it; what will be remembered is an output. What was remembered is a state, and
     * so a constant to gradients: `SG(h)` in the paper.
     */
    fun before(part: Attention, x: Track, spot: Spot): Track {
        if (count(part) == 0) return x
        val count = Dim.of(part.memory.toLong())
        val (batch, time, width) = x.vectors.type.shape.dims
        val state = context.state("${spot.path}/memory", Shape(batch, count, width))
        val seen = graph.add(Op.Concat(1), listOf(state, x.vectors), spot.path).first()
        context.kept["${spot.path}/memory"] = graph.first(Op.Remember, spot.path, state, x.vectors)
        val place =
            Place(x.place.input, time + count, time + count, { longer(x, count, spot) }, Added.Nothing, Added.Nothing)
        return Track(seen, place)
    }

    private fun longer(x: Track, count: Dim, spot: Spot) =
        graph.first(
            Op.Whole,
            spot.path,
            context.add(
                graph.first(Op.Real, spot.path, x.place.lengths),
                context.constant(count.size.toDouble(), Shape()),
                spot,
            ),
        )

    /** `-infinity` for what is remembered but holds nothing yet, `[batch, keys]`. */
    fun hidden(part: Attention, seen: Track, spot: Spot): Added {
        if (count(part) == 0) return Added.Nothing
        val count = Dim.of(part.memory.toLong())
        val remembered = context.input(Names.remembered(seen.place.input), TensorType.index(Dims.batch))
        val read = context.scale(graph.first(Op.Real, spot.path, remembered), -1.0, spot.path)
        val room = context.add(read, context.constant(count.size.toDouble(), Shape()), spot)
        val empty = graph.first(Op.Whole, spot.path, graph.first(Op.Activate(Relu), spot.path, room))
        val forgotten = graph.first(Op.RealPositions(count), spot.path, empty)
        val kept = context.add(context.scale(forgotten, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val bias = context.apply(Function.Logarithm, kept, spot)
        return Added.This(graph.first(Op.Pad(1, Dim.of(0), seen.place.time - count), spot.path, bias))
    }
}
