package io.heddle.model

import io.heddle.terms.Activation
import io.heddle.terms.Initializer
import io.heddle.terms.Norm
import io.heddle.terms.Side
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** One layer of a stack: sublayers in order, each run of them closed by an [AddNorm]. */
@Serializable public data class Layer(public val parts: List<Part>)

/** A piece of a layer. */
@Serializable public sealed interface Part

/**
 * A piece of a layer that computes; [name] is the last word of its path.
 *
 * Weights are stored `[outputs, inputs]`: a map is `x * weight^T + bias`, and bias is a vector of its outputs, left out
 * where `bias` is false.
 */
@Serializable
public sealed interface Sublayer : Part {
    public val name: String
    public val weights: Weights
}

/**
 * `down(dropout(activation(up(x))))` for each position by itself (arXiv 1706.03762, equation 2), or with a [gate]
 * `down(dropout(activation(gate(x)) * up(x)))` (arXiv 2002.05202).
 *
 * Weights: up and gate `[hidden, kernel * width]`, down `[width, hidden]`.
 *
 * The paper drops nothing inside; arXiv 1905.09263 convolves on the way down, too.
 *
 * @property kernel how many neighbouring positions up and gate read (arXiv 1905.09263, section 3.1)
 * @property reach whether they are on both sides, or none is after
 */
@Serializable
@SerialName("feedForward")
public data class FeedForward(
    override val name: String,
    public val hidden: Int,
    public val activation: Activation,
    public val gate: Gate,
    public val kernel: Int,
    public val reach: Side,
    public val dropout: Double,
    public val bias: Boolean,
    public val initializer: Initializer,
    override val weights: Weights,
) : Sublayer

/**
 * The sum of `g_e * expert_e(x)` over the [topK] experts with the largest `g = softmax(router(x))`, for each position
 * by itself (arXiv 1701.06538, equations 1 to 5; arXiv 2101.03961, equation 2). Several `g_e` are divided by their sum;
 * one alone stays the probability that it is, so that the router learns.
 *
 * Weights: router `[count, width]`, without a bias; up and gate `[count, hidden, width]`, down `[count, width,
 * hidden]`.
 *
 * Differs from the first paper: the router's scores have no noise.
 *
 * @property capacity each expert takes `capacity * topK * positions / count` positions at most, rounded up; others pass
 *   it by (arXiv 2101.03961, equation 3). Padding counts among those positions, but is sent to no expert.
 */
@Serializable
@SerialName("experts")
public data class Experts(
    override val name: String,
    public val count: Int,
    public val topK: Int,
    public val capacity: Double,
    public val expert: FeedForward,
    override val weights: Weights,
) : Sublayer

/**
 * Closes the residual around the sublayers before it: `x + scale * dropout(sublayers(x))`, and a norm where the layout
 * of the stack says (arXiv 1706.03762, section 5.4).
 *
 * Weights: those of the norm, and `[width]` of a trained [scale].
 *
 * @property dropout the rate at which numbers of the branch are dropped
 * @property skip the rate at which a sequence goes without the branch in training (arXiv 1603.09382)
 * @property scale what the branch is multiplied by
 */
@Serializable
@SerialName("addNorm")
public data class AddNorm(
    public val norm: Norm,
    public val bias: Boolean,
    public val dropout: Double,
    public val skip: Double,
    public val scale: BranchFactor,
) : Part

/** What the branch of a residual is multiplied by. */
@Serializable
public sealed interface BranchFactor {
    /** 1. */
    @Serializable @SerialName("one") public data object One : BranchFactor

    /** A trained number for each feature, which begins at [start] (LayerScale, arXiv 2103.17239, equation 4). */
    @Serializable @SerialName("trained") public data class Trained(public val start: Double) : BranchFactor
}

/** Whether the inside of a feed-forward is multiplied by a second map of its input. */
@Serializable
public enum class Gate {
    @SerialName("none") None,
    @SerialName("gated") Gated,
}

/** Whose weights a sublayer has. */
@Serializable
public sealed interface Weights {
    /** As its stack says. */
    @Serializable @SerialName("asStack") public data object AsStack : Weights

    /** Its own, whatever its stack says. */
    @Serializable @SerialName("own") public data object Own : Weights

    /** Those of every sublayer, of any stack, that says the same [name]. */
    @Serializable @SerialName("named") public data class Named(public val name: String) : Weights
}
