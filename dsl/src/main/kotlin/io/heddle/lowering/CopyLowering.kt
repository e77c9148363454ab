package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.Copying
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.inputBelow
import io.heddle.terms.CopyHeads
import io.heddle.terms.Sigmoid
import io.heddle.terms.XavierUniform

/**
 * Writes words that are copied from a source (arXiv 1704.04368, equations 8 and 9), as logarithms of probabilities,
 * `[.., vocabulary + positions of the source]`: behind the vocabulary is room for the words that only the source has.
 */
internal class CopyLowering(
    private val model: Model,
    private val context: LoweringContext,
    private val track: (String) -> Track,
) {
    private val graph = context.graph

    fun copied(head: Logits, scores: Value, x: Value, spot: Spot): Value =
        when (val copying = head.copying) {
            is Copying.None -> scores
            is Copying.From -> mixed(head, copying, scores, x, spot / "copy")
        }

    private fun mixed(head: Logits, copying: Copying.From, scores: Value, x: Value, spot: Spot): Value {
        val last = scores.type.shape.rank - 1
        val more = Dims.sequence(copying.source)
        val words = scores.type.shape.last + more
        val known = graph.first(Op.Softmax, spot.path, scores)
        val written = graph.first(Op.Pad(last, Dim.of(0), more), spot.path, known)
        val chance =
            graph.first(Op.Activate(Sigmoid), spot.path, context.linear(x, Dim.of(1), XavierUniform(), true, spot))
        val flat = context.reshape(chance, spot, *chance.type.shape.leading(1).dims.toTypedArray())
        val own = context.repeat(flat, last, words, spot)
        val other = context.add(context.scale(own, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val placed = placed(head, copying, looks(copying, head, spot), words, spot)
        val seen = context.reshape(placed, spot, *written.type.shape.dims.toTypedArray())
        val both = context.add(context.multiply(written, own, spot), context.multiply(seen, other, spot), spot)
        return context.apply(Function.Logarithm, context.add(both, context.constant(TINY, Shape()), spot), spot)
    }

    /** What the heads that were chosen give to each position of the source, `[batch, time, source]`. */
    private fun looks(copying: Copying.From, head: Logits, spot: Spot): Value {
        track(head.input) // Writes the cross-attention, if nothing has yet.
        val looks = chosen(copying.heads, context.looks(copying.through), spot)
        if (!context.scoresLast) return looks
        val input = model.inputBelow(head.input)
        val last =
            graph.first(Op.TakeLast, spot.path, looks, context.input(Names.fresh(input), TensorType.index(Dims.batch)))
        return context.repeat(last, 1, Dim.of(1), spot)
    }

    /** Of `[batch, heads, time, source]`, what is copied by. */
    private fun chosen(heads: CopyHeads, probabilities: Value, spot: Spot): Value {
        val (batch, count, time, source) = probabilities.type.shape.dims
        return when (heads) {
            is CopyHeads.Mean -> context.scale(context.sum(probabilities, 1, spot), 1.0 / count.size, spot.path)
            is CopyHeads.One -> {
                val one = Op.Slice(1, Dim.of(heads.head.toLong()), Dim.of(1))
                context.reshape(graph.first(one, spot.path, probabilities), spot, batch, time, source)
            }
        }
    }

    /** Shares of source positions as shares of words, `[batch, time, words]`. */
    private fun placed(head: Logits, copying: Copying.From, looks: Value, words: Dim, spot: Spot): Value {
        val numbers = TensorType.index(Dims.batch, Dims.sequence(copying.source))
        val byPosition = context.permute(looks, spot, 0, 2, 1)
        val copies = context.input(Names.copies(head.name), numbers)
        val byWord = graph.first(Op.Scatter(words), spot.path, byPosition, copies)
        return context.permute(byWord, spot, 0, 2, 1)
    }

    private companion object {
        /** What keeps the logarithm of a word that is neither written nor copied finite. */
        const val TINY = 1e-12
    }
}
