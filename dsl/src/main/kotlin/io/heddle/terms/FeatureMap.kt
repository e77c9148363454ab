package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What a kernelized attention makes of each query and key, so that products of it stand for scores. */
@Serializable public sealed interface FeatureMap

/** `elu(x) + 1` (arXiv 2006.16236, equation 7). */
@Serializable @SerialName("eluPlusOne") public data object EluPlusOne : FeatureMap

/**
 * `relu(w x) + 0.001` for [features] random orthogonal directions `w`, drawn once from [seed]: the generalized
 * attention of arXiv 2009.14794, section 4.2.
 *
 * Weight: the directions `[features, headWidth]`, not trained. Differs from the paper: they are not drawn again.
 */
@Serializable
@SerialName("reluFeatures")
public data class ReluFeatures @JvmOverloads constructor(public val features: Int, public val seed: Long = 0) :
    FeatureMap {
    override fun toString(): String = "ReluFeatures(features = $features)"
}

/**
 * `(exp(w x - |x|^2 / 2 - max) + 1e-4) / sqrt(features)`, with `x` times `headWidth^(-1/4)`, for [features] random
 * orthogonal directions `w`, drawn once from [seed]: an estimate of the softmax (FAVOR+, arXiv 2009.14794, lemma 1,
 * section 2.4 and its code).
 *
 * Weight: the directions `[features, headWidth]`, not trained. Differs from the paper: they are not drawn again.
 */
@Serializable
@SerialName("favor")
public data class Favor @JvmOverloads constructor(public val features: Int, public val seed: Long = 0) : FeatureMap {
    override fun toString(): String = "Favor(features = $features)"
}
