package io.heddle.model

import io.heddle.terms.Ending
import io.heddle.terms.Initializer
import io.heddle.terms.Layout
import io.heddle.terms.Merge
import io.heddle.terms.Norm
import io.heddle.terms.Reversible
import io.heddle.terms.Sharing
import io.heddle.terms.Side
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** A named piece of a model. Its name is its path, the path of its weights, and what others refer to it by. */
@Serializable
public sealed interface Component {
    public val name: String
}

/** What others may read as a sequence of vectors: a component, or one layer of a stack. */
public sealed interface Sequence {
    /** The component's name, or `stack/layer`. */
    public val path: String

    /** How many numbers each position has inside. */
    public val width: Int

    /** How many numbers each position has for those that read it: twice [width] where two streams end side by side. */
    public val outputWidth: Int
        get() = width
}

/** A component that makes a sequence of vectors, `[batch, time, width]`. */
@Serializable
public sealed interface SequenceComponent : Component, Sequence {
    override val path: String
        get() = name
}

/**
 * [layers] one after the other over what [input] makes; [layout] says what their `addNorm()` means, and [ending]
 * whether the layout's last norm is there.
 */
@Serializable
@SerialName("stack")
public data class Stack(
    override val name: String,
    public val input: String,
    override val width: Int,
    public val layout: Layout,
    public val ending: Ending,
    public val sharing: Sharing,
    @Serializable(with = LayersSerializer::class) public val layers: List<Layer>,
) : SequenceComponent {
    override val outputWidth: Int
        get() = if ((layout as? Reversible)?.merged == Merge.Concatenation) 2 * width else width

    /** What layer [number], from 0, makes. */
    public fun layer(number: Int): Sequence = StackLayer(this, number)
}

/** What one layer of [stack] makes. */
public data class StackLayer(public val stack: Stack, public val number: Int) : Sequence {
    override val path: String
        get() = "${stack.name}/$number"

    override val width: Int
        get() = stack.width

    override val outputWidth: Int
        get() = stack.outputWidth
}

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
 * Four neighbours of a picture side by side, normed and brought to [width] by a linear map: half as many rows and
 * columns (arXiv 2103.14030, section 3.1).
 */
@Serializable
@SerialName("mergedPatches")
public data class MergedPatches(
    override val name: String,
    public val input: String,
    override val width: Int,
    public val norm: Norm,
    public val bias: Boolean,
    public val initializer: Initializer,
) : SequenceComponent

/**
 * A trained number for each head and each of [buckets] distances, added to scores by the attentions that name it (arXiv
 * 1910.10683, section 2.1). Half of the buckets hold one distance each, the others are logarithmic up to [distance].
 */
@Serializable
@SerialName("relativeBias")
public data class RelativeBias(
    override val name: String,
    public val heads: Int,
    public val buckets: Int,
    public val distance: Int,
    public val side: Side,
    public val initializer: Initializer,
) : Component
