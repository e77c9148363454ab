package io.heddle.model

import io.heddle.terms.Activation
import io.heddle.terms.Initializer
import io.heddle.terms.Mask
import io.heddle.terms.Norm
import io.heddle.terms.RotaryPairs
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** One layer of a stack: sublayers in order, each run of them closed by an [AddNorm]. */
@Serializable public data class Layer(public val parts: List<Part>)

/** A piece of a layer. */
@Serializable public sealed interface Part

/** A piece of a layer that computes; [name] is the last word of its path. */
@Serializable
public sealed interface Sublayer : Part {
    public val name: String
}

/** What self-attention and cross-attention have in common. */
@Serializable
public sealed interface Attending : Sublayer {
    public val heads: Int
    public val keyValueHeads: Int
    public val headWidth: Int
    public val scale: AttentionScale
    public val dropout: Double
    public val bias: Boolean
    public val initializer: Initializer
}

/**
 * Attention of a sequence to itself: `softmax(scale * Q K^T) V` in each head, heads side by side, then a linear map
 * (arXiv 1706.03762, equation 1 and section 3.2.2).
 *
 * Weights: query `[heads * headWidth, width]`, key and value `[keyValueHeads * headWidth, width]`, output `[width,
 * heads * headWidth]`.
 */
@Serializable
@SerialName("attention")
public data class Attention(
    override val name: String,
    override val heads: Int,
    override val keyValueHeads: Int,
    override val headWidth: Int,
    public val mask: Mask,
    public val rotary: Rotary,
    override val scale: AttentionScale,
    override val dropout: Double,
    override val bias: Boolean,
    override val initializer: Initializer,
) : Attending

/** Attention of a sequence to what [from] made: queries are the sequence's, keys and values those of [from]. */
@Serializable
@SerialName("crossAttention")
public data class CrossAttention(
    override val name: String,
    public val from: String,
    override val heads: Int,
    override val keyValueHeads: Int,
    override val headWidth: Int,
    override val scale: AttentionScale,
    override val dropout: Double,
    override val bias: Boolean,
    override val initializer: Initializer,
) : Attending

/**
 * `down(dropout(activation(up(x))))` for each position by itself (arXiv 1706.03762, equation 2), or with a [gate]
 * `down(dropout(activation(gate(x)) * up(x)))` (arXiv 2002.05202).
 *
 * Weights: up and gate `[hidden, width]`, down `[width, hidden]`.
 */
@Serializable
@SerialName("feedForward")
public data class FeedForward(
    override val name: String,
    public val hidden: Int,
    public val activation: Activation,
    public val gate: Gate,
    public val dropout: Double,
    public val bias: Boolean,
    public val initializer: Initializer,
) : Sublayer

/** Closes the residual around the sublayers before it; the layout of the stack says where the norm sits. */
@Serializable
@SerialName("addNorm")
public data class AddNorm(public val norm: Norm, public val bias: Boolean, public val dropout: Double) : Part

/** What scores are multiplied by before the softmax. */
@Serializable
public sealed interface AttentionScale {
    /** `1 / sqrt(headWidth)`. */
    @Serializable @SerialName("rootHeadWidth") public data object RootHeadWidth : AttentionScale

    /** [factor]. */
    @Serializable @SerialName("fixed") public data class Fixed(public val factor: Double) : AttentionScale
}

/** Whether queries and keys are turned by their positions. */
@Serializable
public sealed interface Rotary {
    /** They are not. */
    @Serializable @SerialName("none") public data object None : Rotary

    /** Pair `i` at position `p` is turned by `p / base^(2i / headWidth)` (arXiv 2104.09864, equation 34). */
    @Serializable
    @SerialName("rotary")
    public data class Turned(public val base: Double, public val pairs: RotaryPairs) : Rotary
}

/** Whether the inside of a feed-forward is multiplied by a second map of its input. */
@Serializable
public enum class Gate {
    @SerialName("none") None,
    @SerialName("gated") Gated,
}
