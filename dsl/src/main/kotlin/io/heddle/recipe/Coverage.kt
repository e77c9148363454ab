package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What is asked of how an answer has looked at its source. */
@Serializable
public sealed interface Coverage {
    /** Nothing. */
    @Serializable @SerialName("none") public data object None : Coverage

    /**
     * What ends is told apart by `log p / length^lengthPenalty + weight sum_i log(min(sum_j p_ij, 1))`, where `p_ij` is
     * what [attention], a cross-attention by its path, gives to token i of the source while token j is written, the end
     * token included: the mean of its heads (arXiv 1609.08144, equation 14). A sum below 1e-9 counts as 1e-9.
     */
    @Serializable
    @SerialName("penalty")
    public data class Penalty(public val attention: String, public val weight: Double) : Coverage
}
