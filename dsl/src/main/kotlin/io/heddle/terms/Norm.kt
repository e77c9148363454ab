package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How the numbers of a token are brought to a common size. */
@Serializable public sealed interface Norm

/** `gain * (x - mean(x)) / sqrt(variance(x) + epsilon) + bias` over the width (arXiv 1607.06450, equation 4). */
@Serializable
@SerialName("layerNorm")
public data class LayerNorm(public val epsilon: Double = 1e-5) : Norm {
    override fun toString(): String = "LayerNorm(epsilon = $epsilon)"
}

/** `gain * x / sqrt(mean(x^2) + epsilon)` over the width (arXiv 1910.07467, equation 4); it has no bias. */
@Serializable
@SerialName("rmsNorm")
public data class RmsNorm(public val epsilon: Double = 1e-6) : Norm {
    override fun toString(): String = "RmsNorm(epsilon = $epsilon)"
}
