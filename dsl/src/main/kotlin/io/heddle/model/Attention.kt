package io.heddle.model

import io.heddle.terms.Initializer
import io.heddle.terms.Mask
import io.heddle.terms.Norm
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What self-attention and cross-attention have in common. */
@Serializable
public sealed interface Attending : Sublayer {
    public val heads: Int
    public val keyValueHeads: Int
    public val headWidth: Int
    public val valueWidth: Int
    public val mask: Mask
    public val method: Method
    public val scale: AttentionScale
    public val cap: ScoreCap
    public val headNorm: Norm
    public val mixing: HeadMixing
    public val dropout: Double
    public val bias: Boolean
    public val initializer: Initializer
}

/**
 * Attention of a sequence to itself: `softmax(scale * Q K^T) V` in each head, heads side by side, then a linear map
 * (arXiv 1706.03762, equation 1 and section 3.2.2).
 *
 * Weights: query `[heads * headWidth, width]`, key `[keyValueHeads * headWidth, width]`, value `[keyValueHeads *
 * valueWidth, width]`, output `[width, heads * valueWidth]`; and those of [headNorm], [mixing], [method] and
 * [relative].
 *
 * The paper has a head of keys and values for each head of queries (fewer are arXiv 2305.13245's), no biases, and drops
 * no probabilities.
 *
 * @property content what queries and keys are made of
 * @property relative what scores know of the distance between query and key
 * @property memory how many positions before the first one are remembered from the last run, and seen (arXiv
 *   1901.02860, section 3.2)
 * @property globals whether positions that a `Global` mask names, or a `Given` one shows to themselves, have maps of
 *   their own (arXiv 2004.05150, section 3.1)
 */
@Serializable
@SerialName("attention")
public data class Attention(
    override val name: String,
    override val heads: Int,
    override val keyValueHeads: Int,
    override val headWidth: Int,
    override val valueWidth: Int,
    override val mask: Mask,
    override val method: Method,
    public val content: Content,
    public val rotary: Rotary,
    public val relative: Relative,
    override val scale: AttentionScale,
    override val cap: ScoreCap,
    override val headNorm: Norm,
    override val mixing: HeadMixing,
    public val memory: Int,
    public val globals: GlobalMaps,
    override val dropout: Double,
    override val bias: Boolean,
    override val initializer: Initializer,
    override val weights: Weights,
) : Attending

/**
 * Attention of a sequence to what [from] made: queries are the sequence's, keys and values those of [from] (arXiv
 * 1706.03762, section 3.2.3).
 *
 * Weights as of [Attention], with key and value maps from the width of [from].
 */
@Serializable
@SerialName("crossAttention")
public data class CrossAttention(
    override val name: String,
    public val from: String,
    override val heads: Int,
    override val keyValueHeads: Int,
    override val headWidth: Int,
    override val valueWidth: Int,
    override val mask: Mask,
    override val method: Method,
    override val scale: AttentionScale,
    override val cap: ScoreCap,
    override val headNorm: Norm,
    override val mixing: HeadMixing,
    override val dropout: Double,
    override val bias: Boolean,
    override val initializer: Initializer,
    override val weights: Weights,
) : Attending
