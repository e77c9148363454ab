package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How far a number is from the one that it should be. */
@Serializable
public enum class Deviation {
    /** `|x - wanted|` (arXiv 1710.08969, section 3.3). */
    @SerialName("absolute") Absolute,

    /** `(x - wanted)^2` (arXiv 1712.05884, section 2.2). */
    @SerialName("squared") Squared,
}
