package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How the next token is chosen from a model's scores. */
@Serializable
public sealed interface Decoding {
    /** The likeliest; the lower id of two alike. */
    @Serializable @SerialName("greedy") public data object Greedy : Decoding

    /**
     * Drawn from `softmax(logits / temperature)`, of which only the [topK] likeliest are kept (0 keeps all), and of
     * those the fewest that together have probability [topP] (arXiv 1904.09751).
     */
    @Serializable
    @SerialName("sampling")
    public data class Sampling
    @JvmOverloads
    constructor(public val temperature: Double = 1.0, public val topK: Int = 0, public val topP: Double = 1.0) :
        Decoding

    /** The best of [size] sequences kept side by side, by `log p / length^lengthPenalty`, which is 0 or more. */
    @Serializable
    @SerialName("beam")
    public data class Beam @JvmOverloads constructor(public val size: Int, public val lengthPenalty: Double = 1.0) :
        Decoding
}
