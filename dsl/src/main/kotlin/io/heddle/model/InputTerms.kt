package io.heddle.model

import io.heddle.terms.Activation
import io.heddle.terms.Initializer
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Whose table of `[vocabulary, width]` is used. */
@Serializable
public sealed interface Table {
    /** One of its own, beginning as [initializer] says. */
    @Serializable @SerialName("own") public data class Own(public val initializer: Initializer) : Table

    /** That of the token input named [input] (arXiv 1608.05859). */
    @Serializable @SerialName("tied") public data class Tied(public val input: String) : Table

    /**
     * Rarer tokens have narrower rows: those up to the first of [cutoffs] have the whole width, each group after a
     * cutoff a [factor]-th of the group's before it, and a linear map brings each to the width (arXiv 1809.10853,
     * section 3).
     */
    @Serializable
    @SerialName("adaptive")
    public data class Adaptive(
        public val cutoffs: List<Int>,
        public val factor: Int,
        public val initializer: Initializer,
    ) : Table
}

/** What the rows of an embedding table are multiplied by. */
@Serializable
public enum class EmbeddingScale {
    /** 1. */
    @SerialName("none") None,

    /** The square root of the width (arXiv 1706.03762, section 3.4). */
    @SerialName("rootWidth") RootWidth,
}

/** How vectors come to a model's width. */
@Serializable
public sealed interface Projection {
    /** They have it. */
    @Serializable @SerialName("none") public data object None : Projection

    /** `x * weight^T + bias` with a weight of `[width, features]`. */
    @Serializable
    @SerialName("linear")
    public data class Linear(public val initializer: Initializer, public val bias: Boolean) : Projection
}

/**
 * `activation(convolution(x))` along time, with `(kernel - 1) / 2` zeros before and `kernel / 2` after: [stride] times
 * fewer positions, rounded up.
 *
 * Weight: `[channels, kernel * channels of x]`.
 */
@Serializable
public data class Convolution(
    public val channels: Int,
    public val kernel: Int,
    public val stride: Int,
    public val activation: Activation,
    public val bias: Boolean,
    public val initializer: Initializer,
)

/**
 * `dropout(activation(x * weight^T + bias))`, with a weight of `[width, numbers of x]` (arXiv 1703.10135, table 1).
 *
 * Differs from arXiv 1712.05884, section 2.2: numbers are dropped in training alone, so that what is said does not
 * change from one time to the next.
 */
@Serializable
public data class PreNetLayer(
    public val width: Int,
    public val activation: Activation,
    public val dropout: Double,
    public val bias: Boolean,
    public val initializer: Initializer,
)

/** Whether a trained vector stands before the patches of a picture, to gather what a classifier reads. */
@Serializable
public sealed interface ClassToken {
    @Serializable @SerialName("none") public data object None : ClassToken

    /** arXiv 2010.11929, equation 1. */
    @Serializable @SerialName("learned") public data class Learned(public val initializer: Initializer) : ClassToken
}
