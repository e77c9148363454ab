package io.heddle.model

import io.heddle.terms.Initializer
import io.heddle.terms.SinusoidOrder
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What tells a position from another at an input. Rotary positions belong to an attention: [Rotary]. */
@Serializable
public sealed interface Position {
    /** Nothing. */
    @Serializable @SerialName("none") public data object None : Position

    /** Sines and cosines of `position / 10000^(2i / width)`, added (arXiv 1706.03762, section 3.5). */
    @Serializable @SerialName("sinusoidal") public data class Sinusoidal(public val order: SinusoidOrder) : Position

    /** A trained vector for each of [length] positions, added. */
    @Serializable
    @SerialName("learned")
    public data class Learned(public val length: Int, public val initializer: Initializer) : Position
}
