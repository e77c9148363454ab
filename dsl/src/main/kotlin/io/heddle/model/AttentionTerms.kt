package io.heddle.model

import io.heddle.terms.FeatureMap
import io.heddle.terms.Initializer
import io.heddle.terms.MixtureSharing
import io.heddle.terms.Neighbours
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How queries, keys and values become what an attention gives. */
@Serializable
public sealed interface Method {
    /** `softmax(scale * Q K^T) V` (arXiv 1706.03762, equation 1). */
    @Serializable @SerialName("softmax") public data object Softmax : Method

    /**
     * As [Softmax], over the [keys] largest scores of each query; the others are hidden (arXiv 1912.11637, equation 5).
     */
    @Serializable @SerialName("topK") public data class TopK(public val keys: Int) : Method

    /**
     * As [Softmax], over [rank] mixtures of the keys and of the values: `E K` and `F V` (arXiv 2006.04768, equation 7).
     *
     * Weights: `E` and `F`, `[rank, length]`, of which a shorter sequence reads the first columns.
     */
    @Serializable
    @SerialName("lowRank")
    public data class LowRank(public val rank: Int, public val length: Int, public val sharing: MixtureSharing) :
        Method

    /**
     * `map(Q) (map(K)^T V)`, divided by `map(Q) map(K)^T 1` (arXiv 2006.16236, equations 4 and 5); to the divisor a
     * little is added, as the code of the [map]'s paper does.
     */
    @Serializable @SerialName("kernel") public data class Kernel(public val map: FeatureMap) : Method

    /**
     * As [Softmax], over the keys of the query's own chunk and the one before it, once positions are sorted by the hash
     * of their shared query and key; [rounds] of it are weighed by their sums (arXiv 2001.04451, section 2).
     *
     * Keys are brought to the length `sqrt(headWidth)`: `k / sqrt(mean(k^2) + 1e-6)`. A position sees its own key only
     * where it sees no other.
     *
     * Weight: the directions that hash, `[heads, rounds * buckets / 2, headWidth]`, drawn from [seed] and not trained.
     *
     * @property neighbours which of those keys a query looks at
     */
    @Serializable
    @SerialName("hashed")
    public data class Hashed(
        public val buckets: Int,
        public val rounds: Int,
        public val chunk: Int,
        public val seed: Long,
        public val neighbours: Neighbours,
    ) : Method
}

/** What queries and keys are made of. */
@Serializable
public enum class Content {
    /** The sequence, by a map for queries and one for keys. */
    @SerialName("own") Own,

    /** The sequence, by one map for both (arXiv 2001.04451, section 2). */
    @SerialName("sharedQueriesAndKeys") SharedQueriesAndKeys,

    /** Sinusoidal positions alone; values are the sequence's (arXiv 1711.02281, section 3.2). */
    @SerialName("positions") Positions,
}

/** What scores are multiplied by before the softmax. */
@Serializable
public sealed interface AttentionScale {
    /** `1 / sqrt(headWidth)`. */
    @Serializable @SerialName("rootHeadWidth") public data object RootHeadWidth : AttentionScale

    /** [factor]. */
    @Serializable @SerialName("fixed") public data class Fixed(public val factor: Double) : AttentionScale
}

/** Whether scores are kept from growing. */
@Serializable
public sealed interface ScoreCap {
    /** They are not. */
    @Serializable @SerialName("none") public data object None : ScoreCap

    /** `limit * tanh(score / limit)` (arXiv 2408.00118, section 2). */
    @Serializable @SerialName("soft") public data class Soft(public val limit: Double) : ScoreCap
}

/** Whether heads hear of each other. */
@Serializable
public enum class HeadMixing {
    /** They do not. */
    @SerialName("none") None,

    /**
     * A linear map over heads, of scores and again of probabilities (arXiv 2003.02436, section 2).
     *
     * Weights: both `[heads, heads]`.
     */
    @SerialName("talking") Talking,
}

/** Whether what global positions see goes through maps of queries, keys and values of its own. */
@Serializable
public enum class GlobalMaps {
    @SerialName("shared") Shared,
    @SerialName("own") Own,
}

/** Whether queries and keys are turned by their positions. */
@Serializable
public sealed interface Rotary {
    /** They are not. */
    @Serializable @SerialName("none") public data object None : Rotary

    /**
     * Pair `i` at position `p` is turned by `p / base^(2i / turned)`, for the first [share] of the head's numbers
     * (arXiv 2104.09864, equation 34).
     */
    @Serializable
    @SerialName("rotary")
    public data class Turned(
        public val base: Double,
        public val pairs: RotaryPairs,
        public val scaling: RotaryScaling,
        public val share: Double,
    ) : Rotary
}

/** What scores know of the distance between query and key. */
@Serializable
public sealed interface Relative {
    /** Nothing. */
    @Serializable @SerialName("none") public data object None : Relative

    /**
     * `-slope * distance` is added, with slopes `2^(-8 h / heads)` for head `h` from 1 (arXiv 2108.12409, section 3).
     *
     * Differs from the paper's code where the heads are no power of two: that takes slopes of the powers around them.
     */
    @Serializable @SerialName("alibi") public data object Alibi : Relative

    /** What the [RelativeBias] named [bias] says of the distance is added, after scores are scaled. */
    @Serializable @SerialName("bias") public data class Bias(public val bias: String) : Relative

    /**
     * A trained number for each head, row distance and column distance inside a window of [size] is added (arXiv
     * 2103.14030, equation 4).
     *
     * Weight: `[(2 size - 1)^2, heads]`.
     */
    @Serializable
    @SerialName("grid")
    public data class Grid(public val size: Int, public val initializer: Initializer) : Relative

    /**
     * A trained vector for each distance up to [reach] on either side is added to the key, the same for all heads
     * (arXiv 1803.02155, equation 4).
     *
     * Weight: `[2 reach + 1, headWidth]`. Differs from the paper: nothing is added to values (its equation 3).
     */
    @Serializable
    @SerialName("clipped")
    public data class Clipped(public val reach: Int, public val initializer: Initializer) : Relative

    /**
     * `(q + u) k + (q + v) r`, with `r` a map of the distance's sinusoids and trained `u`, `v` for each head (arXiv
     * 1901.02860, section 3.3).
     *
     * Weights: that map `[heads * headWidth, width]`, without a bias; `u` and `v` `[heads * headWidth]`. Differs from
     * the paper: a later key is as far as an earlier one.
     */
    @Serializable @SerialName("sinusoidal") public data object Sinusoidal : Relative
}
