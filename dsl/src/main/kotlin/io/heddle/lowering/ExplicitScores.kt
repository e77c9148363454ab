package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.HeadMixing
import io.heddle.model.ScoreCap
import io.heddle.terms.Tanh
import io.heddle.terms.XavierUniform

/** Which keys of a query count. */
internal sealed interface KeptKeys {
    data object All : KeptKeys

    /** Those with the [count] largest scores. */
    data class Largest(val count: Int) : KeptKeys
}

/**
 * Writes attention whose scores are written down, `[batch, heads, queries, keys]`, because something is done to them.
 */
internal class ExplicitScores(private val context: LoweringContext) {
    private val graph = context.graph

    fun attend(part: Attending, scale: Double, attended: Attended, bias: Value, kept: KeptKeys, spot: Spot): Value {
        val probabilities = probabilities(part, scale, attended, bias, kept, spot)
        val dropped = context.dropout(probabilities, part.dropout, spot / "probabilities")
        val spread = mixed(part, dropped, spot / "probabilityMixing")
        val values = context.apart(attended.values, part.heads, part.keyValueHeads, spot)
        return context.together(context.products(ProductForm.RowsByColumns, spread, values, spot), spot)
    }

    /** What heads look at, before dropout, `[batch, heads, queries, keys]`. */
    fun probabilities(
        part: Attending,
        scale: Double,
        attended: Attended,
        bias: Value,
        kept: KeptKeys,
        spot: Spot,
    ): Value {
        val shown = shown(part, scale, attended, bias, spot)
        val counted =
            when (kept) {
                is KeptKeys.All -> shown
                is KeptKeys.Largest -> largest(shown, kept.count, spot)
            }
        return graph.first(Op.Softmax, spot.path, counted)
    }

    private fun shown(part: Attending, scale: Double, attended: Attended, bias: Value, spot: Spot): Value =
        context.add(mixed(part, scores(part, scale, attended, spot), spot / "scoreMixing"), bias, spot)

    /** Scaled and capped products of queries and keys. */
    private fun scores(part: Attending, scale: Double, attended: Attended, spot: Spot): Value {
        val queries = context.apart(attended.queries, part.heads, part.heads, spot)
        val keys = context.apart(attended.keys, part.heads, part.keyValueHeads, spot)
        val scaled = context.scale(context.pairs(queries, keys, spot), scale, spot.path)
        return when (val cap = part.cap) {
            is ScoreCap.None -> scaled
            is ScoreCap.Soft -> {
                val bent = graph.first(Op.Activate(Tanh), spot.path, context.scale(scaled, 1.0 / cap.limit, spot.path))
                context.scale(bent, cap.limit, spot.path)
            }
        }
    }

    /** A linear map over heads, which begins at random and has no bias (arXiv 2003.02436, section 2). */
    private fun mixed(part: Attending, x: Value, spot: Spot): Value =
        when (part.mixing) {
            HeadMixing.None -> x
            HeadMixing.Talking -> {
                val heads = Dims.heads(part.heads)
                val start = Start.Drawn(XavierUniform(), heads.size, heads.size, 1.0)
                val weight = context.parameter("${spot.weights}/weight", Shape(heads, heads), start, Role.Matrix)
                val last = context.permute(x, spot, 0, 2, 3, 1)
                val said = graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, last, weight)
                context.permute(said, spot, 0, 3, 1, 2)
            }
        }

    /**
     * Hides all but the [count] largest; as many hidden ones are put beside them first, so that there always are
     * enough.
     */
    private fun largest(scores: Value, count: Int, spot: Spot): Value {
        val (batch, heads, queries, keys) = scores.type.shape.dims
        val more = Dim.of(count.toLong())
        val nothing = context.constant(Double.NEGATIVE_INFINITY, Shape(batch, heads, queries, more))
        val wide = graph.add(Op.Concat(KEYS), listOf(scores, nothing), spot.path).first()
        val places = graph.add(Op.Largest(count), listOf(wide), spot.path)[1]
        val ones = context.constant(1.0, Shape(batch, heads, queries, more, Dim.of(1)))
        val chosen = graph.first(Op.Scatter(keys + more), spot.path, ones, places)
        val flat = context.reshape(chosen, spot, batch, heads, queries, keys + more)
        val own = graph.first(Op.Slice(KEYS, Dim.of(0), keys), spot.path, flat)
        return context.add(scores, context.apply(Function.Logarithm, own, spot), spot)
    }

    private companion object {
        /** The axis of keys. */
        const val KEYS = 3
    }
}
