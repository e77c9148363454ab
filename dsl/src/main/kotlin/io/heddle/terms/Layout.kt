package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Where a residual branch and its norm meet: what `addNorm()` means. */
@Serializable public sealed interface Layout

/** `x = norm(x + sublayer(x))`, as in "Attention Is All You Need" (arXiv 1706.03762, section 3.1). */
@Serializable @SerialName("postNorm") public data object PostNorm : Layout

/** `x = x + sublayer(norm(x))`, and a last norm after the stack (arXiv 2002.04745, table 1). */
@Serializable @SerialName("preNorm") public data object PreNorm : Layout

/** `x = x + norm(sublayer(norm(x)))`, and a last norm after the stack (arXiv 2105.13290, section 2.4). */
@Serializable @SerialName("sandwich") public data object Sandwich : Layout

/**
 * `x = norm(alpha * x + sublayer(x))`, with feed-forward, value and output matrices that begin `beta` times as large;
 * both numbers follow from the layers of the model's stacks (arXiv 2203.00555, figure 2).
 */
@Serializable @SerialName("deepNorm") public data object DeepNorm : Layout

/**
 * `x = x + first(norm(x)) + second(norm(x)) + ...`: all sublayers of a layer read the same norm, that of its first
 * `addNorm()`, and a last norm follows the stack (GPT-J; arXiv 2204.02311, section 2).
 */
@Serializable @SerialName("parallel") public data object Parallel : Layout

/** `x = x + rate * sublayer(x)` with a trained number that begins at 0, and no norm (arXiv 2003.04887, equation 2). */
@Serializable @SerialName("reZero") public data object ReZero : Layout

/**
 * Two streams that begin as one: `left = left + first(norm(right))`, `right = right + second(norm(left))`, and so on in
 * turn, [merged] after the stack and normed (arXiv 2001.04451, equation 9). What a layer read can be computed back from
 * what it wrote.
 */
@Serializable
@SerialName("reversible")
public data class Reversible @JvmOverloads constructor(public val merged: Merge = Merge.Mean) : Layout {
    override fun toString(): String = "Reversible($merged)"
}

/** What becomes of two streams. */
@Serializable
public enum class Merge {
    /** Half of their sum (lucidrains' reformer-pytorch). */
    @SerialName("mean") Mean,

    /** Their sum. */
    @SerialName("sum") Sum,

    /**
     * One beside the other: what the stack makes is twice as wide as its layers (arXiv 2001.04451's code, and Hugging
     * Face's).
     */
    @SerialName("concatenation") Concatenation,
}
