package io.heddle.graph

import io.heddle.dims.Dim
import io.heddle.terms.Initializer
import io.heddle.terms.Mask

/** Which dims of a product meet. The three forms are closed under differentiation. */
public enum class ProductForm {
    /** `x [.., k], w [n, k] -> [.., n]`: `x * w^T`, a linear layer with its weight as `[outputs, inputs]`. */
    RowsByRows,

    /** `x [.., k], w [k, n] -> [.., n]`: `x * w`. */
    RowsByColumns,

    /** `x [.., m], y [.., n] -> [m, n]`: `x^T * y` over all leading dims, the gradient of a weight. */
    ColumnsByColumns,
}

/** Which way pairs of numbers are turned. */
public enum class Direction {
    Forward,

    /** Back by the same angle: the gradient of [Forward]. */
    Backward,
}

/** What a weight is for: it decides what decays. */
public enum class Role {
    /** The matrix of a linear map. */
    Matrix,

    /** One row for each token or position. */
    Embedding,

    /** Added. */
    Bias,

    /** Multiplied. */
    Gain,

    /** Drawn once and never trained. */
    Fixed,
}

/** What the numbers of a weight are before training. */
public sealed interface Start {
    public data object Zeros : Start

    public data object Ones : Start

    /** Drawn by [initializer] for a map of [inputs] numbers to [outputs], then times [factor]. */
    public data class Drawn(val initializer: Initializer, val inputs: Long, val outputs: Long, val factor: Double) :
        Start

    /** The same number everywhere. */
    public data class Filled(val value: Double) : Start

    /**
     * Rows of directions drawn from [seed], orthogonal in blocks of as many as a row has numbers, each as long as a row
     * of normal numbers (arXiv 2009.14794, section 2.4).
     */
    public data class Orthogonal(val seed: Long) : Start

    /** Normal numbers of mean 0 and deviation 1 drawn from [seed], whatever the seed of the other weights. */
    public data class Directions(val seed: Long) : Start
}

/**
 * What an attention does with its queries, keys and values.
 *
 * @property heads query heads; a multiple of [keyValueHeads]
 * @property keyValueHeads each serves `heads / keyValueHeads` neighbouring query heads (arXiv 2305.13245)
 * @property scale what scores are multiplied by before the softmax
 * @property mask what is seen, as far as positions and heads alone tell
 * @property dropout rate at which probabilities are dropped
 * @property stream names the random numbers of [dropout]
 */
public data class AttentionKind(
    val heads: Int,
    val keyValueHeads: Int,
    val scale: Double,
    val mask: Mask,
    val bias: ScoreBias,
    val dropout: Double,
    val stream: String,
)

/** What is added to the scores of an attention. */
public enum class ScoreBias {
    /** Nothing. */
    None,

    /** The same for every sequence, `[heads, query, key]`. */
    ForAll,

    /** For each sequence another, `[batch, heads, query, key]`. */
    ForEach,
}

/** Functions of one number that lowering needs; those that a model may name are [Op.Activate]'s. */
public enum class Function {
    /** `exp(x)`. */
    Exponential,

    /** `log(x)`. */
    Logarithm,

    /** `1 / x`. */
    Reciprocal,

    /** The square root of `x`. */
    Root,

    /** `|x|`, with gradient 0 at 0. */
    Absolute,

    /** `x`, held fast: no gradient flows back through it. */
    Held,
}

/**
 * Windows along time: window `i` holds the [kernel] positions from `i * stride - before` on, and there are `(before +
 * time + after - kernel) / stride + 1` of them.
 */
public data class FrameWindow(val kernel: Int, val stride: Int, val before: Int, val after: Int) {
    /** How many windows [time] positions have. */
    public fun frames(time: Dim): Dim = (time + (before + after - kernel).toLong()) / stride.toLong() + 1L
}

/** What is made of the distance `key - query` between two positions. */
public sealed interface Distance {
    /** `|key - query|`. */
    public data object Plain : Distance

    /**
     * T5's bucket of it (arXiv 1910.10683, section 2.1): exact below half of the buckets of a side, then logarithmic.
     */
    public data class Buckets(val count: Int, val farthest: Int, val bothSides: Boolean) : Distance

    /** `clamp(key - query, -reach, reach) + reach` (arXiv 1803.02155, equation 3). */
    public data class Clipped(val reach: Int) : Distance

    /**
     * Of positions in rows of [columns]: `(row distance + size - 1) * (2 size - 1) + column distance + size - 1`, each
     * distance clamped to `1 - size .. size - 1`, query minus key (arXiv 2103.14030, section 3.2).
     */
    public data class Grid(val size: Int, val columns: Dim) : Distance
}
