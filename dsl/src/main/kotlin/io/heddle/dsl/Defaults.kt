package io.heddle.dsl

import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.BranchFactor
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.GlobalMaps
import io.heddle.model.HeadMixing
import io.heddle.model.Method
import io.heddle.model.Relative
import io.heddle.model.Rotary
import io.heddle.model.ScoreCap
import io.heddle.model.Weights
import io.heddle.terms.Everything
import io.heddle.terms.Initializer
import io.heddle.terms.LayerNorm
import io.heddle.terms.Layout
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.PostNorm
import io.heddle.terms.Relu
import io.heddle.terms.Side
import io.heddle.terms.XavierUniform

/** What a model says once for all its components; the paper's choices where it says nothing (arXiv 1706.03762). */
internal data class Defaults(
    val layout: Layout = PostNorm,
    val norm: Norm = LayerNorm(),
    val bias: Boolean = true,
    val dropout: Double = 0.0,
    val attentionDropout: Double = 0.0,
    val initializer: Initializer = XavierUniform(),
) {
    fun attention(name: String, sizes: HeadSizes, headWidth: Int) =
        Attention(
            name,
            sizes.heads,
            sizes.keyValueHeads,
            headWidth,
            sizes.valueWidth ?: headWidth,
            Everything,
            Method.Softmax,
            Content.Own,
            Rotary.None,
            Relative.None,
            AttentionScale.RootHeadWidth,
            ScoreCap.None,
            NoNorm,
            HeadMixing.None,
            0,
            GlobalMaps.Shared,
            attentionDropout,
            bias,
            initializer,
            Weights.AsStack,
        )

    fun crossAttention(name: String, from: String, sizes: HeadSizes, headWidth: Int) =
        CrossAttention(
            name,
            from,
            sizes.heads,
            sizes.keyValueHeads,
            headWidth,
            sizes.valueWidth ?: headWidth,
            Everything,
            Method.Softmax,
            AttentionScale.RootHeadWidth,
            ScoreCap.None,
            NoNorm,
            HeadMixing.None,
            attentionDropout,
            bias,
            initializer,
            Weights.AsStack,
        )

    fun feedForward(name: String, hidden: Int) =
        FeedForward(name, hidden, Relu, Gate.None, 1, Side.Both, 0.0, bias, initializer, Weights.AsStack)

    fun addNorm(norm: Norm) = AddNorm(norm, bias, dropout, 0.0, BranchFactor.One)

    companion object {
        /** What the layer around [place] says, for parts that come into it. */
        fun around(place: Placed): Defaults {
            val parts = place.stack.layers[place.layer].parts
            val residual = parts.filterIsInstance<AddNorm>().firstOrNull()
            val attention = parts.filterIsInstance<Attending>().firstOrNull()
            val feedForward = parts.firstNotNullOfOrNull { it as? FeedForward ?: (it as? Experts)?.expert }
            val start = Defaults()
            return Defaults(
                place.stack.layout,
                residual?.norm ?: start.norm,
                attention?.bias ?: feedForward?.bias ?: start.bias,
                residual?.dropout ?: start.dropout,
                attention?.dropout ?: start.attentionDropout,
                attention?.initializer ?: feedForward?.initializer ?: start.initializer,
            )
        }
    }
}
