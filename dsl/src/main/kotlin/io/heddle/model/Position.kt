package io.heddle.model

import io.heddle.terms.Initializer
import io.heddle.terms.PositionTarget
import io.heddle.terms.SinusoidOrder
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * What tells a position from another at an input. What depends on two positions belongs to an attention: [Rotary],
 * [Relative].
 */
@Serializable
public sealed interface Position {
    /** To what it is added. */
    public val to: PositionTarget

    /** Nothing. */
    @Serializable
    @SerialName("none")
    public data object None : Position {
        override val to: PositionTarget
            get() = PositionTarget.Input
    }

    /** Sines and cosines of `position / 10000^(2i / width)` (arXiv 1706.03762, section 3.5). */
    @Serializable
    @SerialName("sinusoidal")
    public data class Sinusoidal(public val order: SinusoidOrder, override val to: PositionTarget) : Position

    /**
     * Sines and cosines of the row in one half of the width, of the column in the other; rows and columns are brought
     * to `0 .. 2 pi` first (arXiv 2005.12872, section A.4).
     */
    @Serializable
    @SerialName("sinusoidal2d")
    public data class Sinusoidal2d(override val to: PositionTarget) : Position

    /**
     * A trained vector for each of [length] positions.
     *
     * Weight: `[unused + length, width]`.
     *
     * @property unused how many rows before those of the first position belong to none, as in tables of models whose
     *   positions begin behind the number of the padding token (fairseq's: BART, RoBERTa, Longformer)
     */
    @Serializable
    @SerialName("learned")
    public data class Learned(
        public val length: Int,
        public val unused: Int,
        public val initializer: Initializer,
        override val to: PositionTarget,
    ) : Position

    /**
     * `p(t + 1) = p(t) +` the integral of a network over one unit of time, by [steps] steps of Runge-Kutta; the network
     * is `down(tanh(up([p, t])))` with [hidden] numbers inside (arXiv 2003.09229, equations 6 and 9).
     *
     * Weights: `p(0)` `[width]`, up `[hidden, width + 1]`, down `[width, hidden]`, both with a bias; all layers share
     * them.
     */
    @Serializable
    @SerialName("floater")
    public data class Floater(
        public val steps: Int,
        public val hidden: Int,
        public val initializer: Initializer,
        override val to: PositionTarget,
    ) : Position
}
