package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What cosines are divided by. */
@Serializable
public sealed interface Temperature {
    /** [value]. */
    @Serializable @SerialName("fixed") public data class Fixed(public val value: Double) : Temperature

    /** A trained number that begins at [start]; its logarithm is what is trained (arXiv 2103.00020, section 2.5). */
    @Serializable @SerialName("learned") public data class Learned(public val start: Double) : Temperature
}
