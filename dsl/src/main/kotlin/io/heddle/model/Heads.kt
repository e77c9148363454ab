package io.heddle.model

import io.heddle.terms.Activation
import io.heddle.terms.CopyHeads
import io.heddle.terms.Initializer
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Pooling
import io.heddle.terms.Temperature
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What is asked of a sequence, or of a vector. */
@Serializable public sealed interface Head : Component

/**
 * A score for each token of the vocabulary at each position of [input]: `cap(factor * transform(input) * table^T +
 * bias)`, `[batch, time, vocabulary]` (arXiv 1706.03762, section 3.4).
 *
 * Weights: `[vocabulary, width]`, the input's where it is tied (arXiv 1608.05859), and the bias `[vocabulary]`.
 *
 * @property transform what happens before (arXiv 1810.04805's code: a dense layer, gelu and a norm)
 * @property copying whether words of a source may be copied
 * @property structure whether neighbouring words are scored together
 */
@Serializable
@SerialName("logits")
public data class Logits(
    override val name: String,
    public val input: String,
    public val vocabulary: Int,
    public val table: Table,
    public val transform: Transform,
    public val scale: LogitsScale,
    public val cap: ScoreCap,
    public val bias: Boolean,
    public val copying: Copying,
    public val structure: Structure,
) : Head

/**
 * One vector for a whole sequence: `transform(pooling(input))`, `[batch, width]`.
 *
 * Weights: those of [transform]; of attentive pooling `[1, width]` and a bias.
 */
@Serializable
@SerialName("pool")
public data class Pool(
    override val name: String,
    public val input: String,
    public val width: Int,
    public val pooling: Pooling,
    public val transform: Transform,
) : Head

/**
 * A score for each of [classes], of a sequence or of each of its positions: `dropout(transform(pooling(input))) *
 * weight^T + bias`, `[batch, classes]` or `[batch, time, classes]`.
 *
 * Weights: `[classes, width]` and the bias `[classes]`.
 */
@Serializable
@SerialName("classify")
public data class Classify(
    override val name: String,
    public val input: String,
    public val pooling: Pooling,
    public val classes: Int,
    public val labels: Labels,
    public val transform: Transform,
    public val dropout: Double,
    public val bias: Boolean,
    public val initializer: Initializer,
) : Head

/**
 * A box for each position of [input]: the column and row of its center, its width and its height, all as shares of the
 * picture, `[batch, time, 4]`, by [layers] linear maps with relu between them and a sigmoid at the end (arXiv
 * 2005.12872, section 3.2).
 *
 * Weights: `[width, width]` of all maps but the last, which has `[4, width]`; all have a bias.
 */
@Serializable
@SerialName("boxes")
public data class Boxes(
    override val name: String,
    public val input: String,
    public val layers: Int,
    public val initializer: Initializer,
) : Head

/**
 * The frames that each position of [input] says, `x * weight^T + bias`, `[batch, time, reduction * features]`, one
 * after the other, and beside them a score of each that nothing comes after it, `x * weight^T + bias`, `[batch, time,
 * reduction]` (arXiv 1809.08895, section 3.7).
 *
 * Weights: of the frames `[reduction * features, width]`, of the scores `[reduction, width]`; both have a bias.
 *
 * Differs from the paper: no network of convolutions mends the frames afterwards.
 *
 * @property features how many numbers a frame has
 * @property reduction how many frames a position says, as the input below reads them
 */
@Serializable
@SerialName("speech")
public data class Speech(
    override val name: String,
    public val input: String,
    public val features: Int,
    public val reduction: Int,
    public val initializer: Initializer,
) : Head

/**
 * How alike each of one kind is to each of the other, `[batch, batch]`: cosines of two linear maps into [width],
 * divided by a temperature (arXiv 2103.00020, figure 3).
 *
 * Weights: left and right `[width, numbers of the pooled vector]`, without a bias; a trained temperature is one number.
 * Differs from the paper: the temperature may fall below 0.01.
 */
@Serializable
@SerialName("contrast")
public data class Contrast(
    override val name: String,
    public val left: String,
    public val right: String,
    public val width: Int,
    public val temperature: Temperature,
    public val initializer: Initializer,
) : Head

/** The norm before a head's own map. */
internal val Head.transformNorm: Norm
    get() =
        when (this) {
            is Logits -> transform.norm
            is Pool -> transform.norm
            is Classify -> transform.norm
            is Boxes,
            is Contrast,
            is Speech -> NoNorm
        }

/** `norm(activation(linear(x)))` before a head's own map (arXiv 1810.04805's code). */
@Serializable
public data class Transform(public val dense: Dense, public val norm: Norm, public val normBias: Boolean) {
    /** How many numbers it makes of [width]. */
    internal fun widthAfter(width: Int): Int =
        when (dense) {
            is Dense.None -> width
            is Dense.Layer -> dense.width
        }
}

/** A linear map and an activation. */
@Serializable
public sealed interface Dense {
    @Serializable @SerialName("none") public data object None : Dense

    /** `activation(x * weight^T + bias)` with a weight of `[width, inputs]`. */
    @Serializable
    @SerialName("layer")
    public data class Layer(
        public val width: Int,
        public val activation: Activation,
        public val bias: Boolean,
        public val initializer: Initializer,
    ) : Dense
}

/** What vectors are multiplied by before they meet the table. */
@Serializable
public enum class LogitsScale {
    /** 1. */
    @SerialName("one") One,

    /** `1 / sqrt(width)`, as in T5, where the table is tied and not scaled. */
    @SerialName("inverseRootWidth") InverseRootWidth,
}

/** Whether words may be copied. */
@Serializable
public sealed interface Copying {
    @Serializable @SerialName("none") public data object None : Copying

    /**
     * `p(word) = g * softmax(scores) + (1 - g) *` what [heads] of the cross-attention at [through] give to the
     * positions of [source] that hold the word (arXiv 1704.04368, equations 8 and 9). What comes out is `log p`,
     * `[batch, time, vocabulary + positions of the source]`: a word that the vocabulary lacks has the number
     * `vocabulary + i`, where `i` is the first position of the source that holds it; `softmax` gives it nothing.
     *
     * `g = sigmoid(x * weight^T + bias)` with a weight of `[1, width]`, where `x` is what the scores are made of.
     *
     * Differs from the paper: `g` reads the decoder's vector alone, in whose residual what was attended to and the word
     * before are summed already (as OpenNMT-py's `CopyGenerator`); attention does not read its coverage (equation 11).
     */
    @Serializable
    @SerialName("from")
    public data class From(public val source: String, public val through: String, public val heads: CopyHeads) :
        Copying
}

/** Whether words are scored together. */
@Serializable
public sealed interface Structure {
    /** Each by itself. */
    @Serializable @SerialName("independent") public data object Independent : Structure

    /**
     * A chain: a pair of neighbours adds the product of two trained rows of [rank] numbers, over the [beam] best words
     * of each position (arXiv 1910.11555, equations 4 to 7).
     */
    @Serializable @SerialName("chain") public data class Chain(public val rank: Int, public val beam: Int) : Structure
}

/** How many of a classifier's labels are true. */
@Serializable
public enum class Labels {
    /** One: softmax and cross entropy. */
    @SerialName("one") One,

    /** Any number: a sigmoid and a binary cross entropy for each. */
    @SerialName("many") Many,
}
