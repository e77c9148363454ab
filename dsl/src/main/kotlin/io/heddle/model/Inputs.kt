package io.heddle.model

import io.heddle.terms.Norm
import io.heddle.terms.PatchEdge
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Where a sequence begins: what it gets from outside, `norm(content + position)`, then dropout. */
@Serializable
public sealed interface InputComponent : SequenceComponent {
    public val position: Position

    /** The norm after positions are added. */
    public val norm: Norm

    /** The rate at which numbers are dropped after that, in training. */
    public val dropout: Double
}

/**
 * Token ids, `[batch, time]`, looked up in a table of `[vocabulary, tableWidth]`.
 *
 * `x = projection(dropout(norm(scale * table[ids] + position + segments[segment ids])))`.
 *
 * @property tableWidth narrower than [width] where a projection follows (arXiv 1909.11942, section 3.1)
 * @property segments how many kinds of segments there are, each with a trained vector (arXiv 1810.04805, figure 2); 0
 *   for none
 */
@Serializable
@SerialName("tokens")
public data class TokenInput(
    override val name: String,
    public val vocabulary: Int,
    override val width: Int,
    public val table: Table,
    public val tableWidth: Int,
    public val scale: EmbeddingScale,
    override val position: Position,
    public val segments: Int,
    override val norm: Norm,
    override val dropout: Double,
    public val projection: Projection,
) : InputComponent

/**
 * Vectors, `[batch, time, features]`: `x = dropout(norm(projection(vectors) + position))`.
 *
 * Weight: that of [projection], `[width, features]`.
 */
@Serializable
@SerialName("vectors")
public data class VectorInput(
    override val name: String,
    public val features: Int,
    override val width: Int,
    public val projection: Projection,
    override val position: Position,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent

/**
 * Frames of a signal, `[batch, time, features]`, that convolutions make fewer: `x =
 * dropout(norm(projection(convolved) + position))`.
 */
@Serializable
@SerialName("frames")
public data class FrameInput(
    override val name: String,
    public val features: Int,
    override val width: Int,
    public val convolutions: List<Convolution>,
    public val projection: Projection,
    override val position: Position,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent

/**
 * The frames that were said before, for a decoder that says more of them: each position holds [reduction] frames of
 * [features] numbers, one after the other, and what it reads are those of the position before; the first reads zeros,
 * `[batch, time, reduction * features]` (Wang et al. 2017, arXiv 1703.10135, section 3.4, which calls this number the
 * reduction factor and reads the last frame alone).
 *
 * `x = dropout(norm(projection(preNet(before)) + position))`.
 *
 * Weight: that of [projection], `[width, numbers of the last layer]`.
 *
 * @property preNet what frames go through first, layer after layer (arXiv 1809.08895, section 3.3)
 */
@Serializable
@SerialName("spoken")
public data class SpokenInput(
    override val name: String,
    public val features: Int,
    public val reduction: Int,
    override val width: Int,
    public val preNet: List<PreNetLayer>,
    public val projection: Projection,
    override val position: Position,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent {
    /** How many numbers a position holds before the first layer. */
    internal val numbers: Long
        get() = features.toLong() * reduction
}

/**
 * Pictures, `[batch, rows, columns, channels]`, cut into squares of [patch] by [patch] pixels, each brought to [width]
 * by a linear map (arXiv 2010.11929, equation 1).
 *
 * Weights: [projection] `[width, patch * patch * channels]`, the class token `[1, width]`.
 *
 * @property edge what becomes of pixels that fill no square
 */
@Serializable
@SerialName("image")
public data class ImageInput(
    override val name: String,
    public val channels: Int,
    public val rows: Int,
    public val columns: Int,
    public val patch: Int,
    public val edge: PatchEdge,
    override val width: Int,
    public val projection: Projection.Linear,
    public val classToken: ClassToken,
    override val position: Position,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent {
    /** How many squares stand below each other. */
    internal val patchRows: Int
        get() = squares(rows)

    /** How many squares stand beside each other. */
    internal val patchColumns: Int
        get() = squares(columns)

    private fun squares(side: Int): Int {
        val one = patch.coerceAtLeast(1)
        return when (edge) {
            PatchEdge.Whole -> side / one
            PatchEdge.Filled -> side / one + if (side % one == 0) 0 else 1
        }
    }
}

/**
 * Features of pictures, `[batch, rows, columns, channels]`, as a sequence row by row (arXiv 2005.12872, section 3.2).
 *
 * Weight: that of [projection], `[width, channels]`.
 */
@Serializable
@SerialName("featureMap")
public data class FeatureMapInput(
    override val name: String,
    public val channels: Int,
    override val width: Int,
    public val projection: Projection,
    override val position: Position,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent

/**
 * [count] trained vectors, the same for every sequence. As [position]s, they are what tells zeros apart (arXiv
 * 2005.12872, section 3.2).
 */
@Serializable
@SerialName("learned")
public data class LearnedInput(
    override val name: String,
    public val count: Int,
    override val width: Int,
    override val position: Position.Learned,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent

/**
 * What the input [source] embeds, spread evenly over as many positions as the target has: position `t` of `T` holds
 * source position `round(t * (S - 1) / (T - 1))` of `S` (arXiv 1711.02281, section 3.3).
 *
 * Where [length] has a class for each position of the source, that is its fertility: how often it is copied, one copy
 * after the other, and `T` is their sum. Fertilities are learned from lengths: those that the even spread has.
 *
 * @property length the classifier that foretells `T`, or each position's fertility
 */
@Serializable
@SerialName("copies")
public data class CopiesInput(
    override val name: String,
    public val source: String,
    public val length: String,
    override val width: Int,
    override val position: Position,
    override val norm: Norm,
    override val dropout: Double,
) : InputComponent

/** Who of [of] is related to whom, `[batch, time, time]`, 1 or 0, for masks: `Given(edges)`. */
@Serializable
@SerialName("relation")
public data class RelationInput(override val name: String, public val of: String) : Component
