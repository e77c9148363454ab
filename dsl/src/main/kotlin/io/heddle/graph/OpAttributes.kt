package io.heddle.graph

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
}

/** What the numbers of a weight are before training. */
public sealed interface Start {
    public data object Zeros : Start

    public data object Ones : Start

    /**
     * Drawn by [initializer] for a map of [inputs] numbers to [outputs]; divided by `sqrt(branches)` where the
     * initializer says so: 1 for a weight that does not end a residual branch.
     */
    public data class Drawn(val initializer: Initializer, val inputs: Long, val outputs: Long, val branches: Int) :
        Start
}

/**
 * What an attention does with its queries, keys and values.
 *
 * @property heads query heads; a multiple of [keyValueHeads]
 * @property keyValueHeads each serves `heads / keyValueHeads` neighbouring query heads (arXiv 2305.13245)
 * @property scale what scores are multiplied by before the softmax
 * @property dropout rate at which probabilities are dropped
 * @property stream names the random numbers of [dropout]
 */
public data class AttentionKind(
    val heads: Int,
    val keyValueHeads: Int,
    val scale: Double,
    val mask: Mask,
    val dropout: Double,
    val stream: String,
)
