package io.heddle.model

import io.heddle.terms.Initializer
import io.heddle.terms.Layout
import io.heddle.terms.Norm
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** A named piece of a model. Its name is its path, the path of its weights, and what others refer to it by. */
@Serializable
public sealed interface Component {
    public val name: String
}

/** A component that makes a sequence of vectors, `[batch, time, width]`, which others may read. */
@Serializable
public sealed interface SequenceComponent : Component {
    /** How many numbers each position has. */
    public val width: Int
}

/** A component that is given from outside, for each run. */
@Serializable
public sealed interface InputComponent : SequenceComponent {
    public val position: Position

    /** The rate at which numbers are dropped after positions are added, in training. */
    public val dropout: Double
}

/**
 * Token ids, `[batch, time]`, looked up in a table of `[vocabulary, width]`.
 *
 * `x = dropout(scale * table[ids] + position)`.
 */
@Serializable
@SerialName("tokens")
public data class TokenInput(
    override val name: String,
    public val vocabulary: Int,
    override val width: Int,
    public val table: Table,
    public val scale: EmbeddingScale,
    override val position: Position,
    override val dropout: Double,
) : InputComponent

/**
 * Vectors, `[batch, time, features]`.
 *
 * `x = dropout(projection(vectors) + position)`.
 */
@Serializable
@SerialName("vectors")
public data class VectorInput(
    override val name: String,
    public val features: Int,
    override val width: Int,
    public val projection: Projection,
    override val position: Position,
    override val dropout: Double,
) : InputComponent

/** [layers] one after the other over what [input] makes; [layout] says what their `addNorm()` means. */
@Serializable
@SerialName("stack")
public data class Stack(
    override val name: String,
    public val input: String,
    override val width: Int,
    public val layout: Layout,
    @Serializable(with = LayersSerializer::class) public val layers: List<Layer>,
) : SequenceComponent

/** A norm over what [input] makes, as a component of its own: `norm(input)`. */
@Serializable
@SerialName("norm")
public data class NormComponent(
    override val name: String,
    public val input: String,
    override val width: Int,
    public val norm: Norm,
    public val bias: Boolean,
) : SequenceComponent

/**
 * A score for each token of the vocabulary at each position of [input]: `input * table^T + bias`, `[batch, time,
 * vocabulary]`.
 */
@Serializable
@SerialName("logits")
public data class Logits(
    override val name: String,
    public val input: String,
    public val vocabulary: Int,
    public val table: Table,
    public val bias: Boolean,
) : Component

/** Whose table of `[vocabulary, width]` is used. */
@Serializable
public sealed interface Table {
    /** One of its own, beginning as [initializer] says. */
    @Serializable @SerialName("own") public data class Own(public val initializer: Initializer) : Table

    /** That of the token input named [input] (arXiv 1608.05859). */
    @Serializable @SerialName("tied") public data class Tied(public val input: String) : Table
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
