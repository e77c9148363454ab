package io.heddle.recipe

import io.heddle.model.PathPattern
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Which weights decay. */
@Serializable
public sealed interface Decays {
    /**
     * The matrices of linear maps, and the tables of tokens and positions: everything with two dims, as in GPT-2's
     * training.
     */
    @Serializable @SerialName("matricesAndTables") public data object MatricesAndTables : Decays

    /** The matrices of linear maps alone. */
    @Serializable @SerialName("matrices") public data object Matrices : Decays

    /** Every weight, biases and gains too, as PyTorch's AdamW does where nothing is said. */
    @Serializable @SerialName("everything") public data object Everything : Decays

    /**
     * The weights whose paths match one of [patterns]: words between slashes, where one star is any word and two stars
     * are any number of words, none included. Two stars, a slash and `weight` are all that are called weight.
     */
    @Serializable
    @SerialName("matching")
    public data class Matching(public val patterns: List<String>) : Decays {
        public companion object {
            /** Whether the weight at [path] is one of those that [pattern] means. */
            @JvmStatic public fun matches(pattern: String, path: String): Boolean = PathPattern(pattern).names(path)
        }
    }
}
