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
import io.heddle.model.TokenInput
import io.heddle.model.inputBelow
import io.heddle.terms.Sigmoid
import io.heddle.terms.XavierUniform

/** Writes words that are copied from a source (arXiv 1704.04368, equation 9), as logarithms of probabilities. */
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
        val vocabulary = scores.type.shape.last
        val written = graph.first(Op.Softmax, spot.path, scores)
        val chance =
            graph.first(Op.Activate(Sigmoid), spot.path, context.linear(x, Dim.of(1), XavierUniform(), true, spot))
        val flat = context.reshape(chance, spot, *chance.type.shape.leading(1).dims.toTypedArray())
        val own = context.repeat(flat, last, vocabulary, spot)
        val other = context.add(context.scale(own, -1.0, spot.path), context.constant(1.0, Shape()), spot)
        val placed = placed(copying, looks(copying, head, spot), vocabulary, spot)
        val seen = context.reshape(placed, spot, *scores.type.shape.dims.toTypedArray())
        val both = context.add(context.multiply(written, own, spot), context.multiply(seen, other, spot), spot)
        return context.apply(Function.Logarithm, context.add(both, context.constant(TINY, Shape()), spot), spot)
    }

    /**
     * What the heads of the cross-attention give to each position of the source, their mean, `[batch, time, source]`.
     */
    private fun looks(copying: Copying.From, head: Logits, spot: Spot): Value {
        track(head.input) // Writes the cross-attention, if nothing has yet.
        val probabilities = context.looks(copying.through)
        val mean = context.scale(context.sum(probabilities, 1, spot), 1.0 / probabilities.type.shape[1].size, spot.path)
        if (context.purpose != Purpose.Decoding) return mean
        val input = model.inputBelow(head.input)
        val last =
            graph.first(Op.TakeLast, spot.path, mean, context.input(Names.fresh(input), TensorType.index(Dims.batch)))
        return context.repeat(last, 1, Dim.of(1), spot)
    }

    /** Shares of source positions as shares of words, `[batch, time, vocabulary]`. */
    private fun placed(copying: Copying.From, looks: Value, vocabulary: Dim, spot: Spot): Value {
        val source = model.component(copying.source) as TokenInput
        val ids = context.input(source.name, TensorType.index(Dims.batch, Dims.sequence(source.name)))
        val byPosition = context.permute(looks, spot, 0, 2, 1)
        val byWord = graph.first(Op.Scatter(vocabulary), spot.path, byPosition, ids)
        return context.permute(byWord, spot, 0, 2, 1)
    }

    private companion object {
        /** What keeps the logarithm of a word that is neither written nor copied finite. */
        const val TINY = 1e-12
    }
}
