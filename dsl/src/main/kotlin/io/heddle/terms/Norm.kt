package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How the numbers of a token are brought to a common size. Gain and bias are `[width]` where nothing else is said. */
@Serializable public sealed interface Norm

/** `gain * (x - mean(x)) / sqrt(variance(x) + epsilon) + bias` over the width (arXiv 1607.06450, equation 4). */
@Serializable
@SerialName("layerNorm")
public data class LayerNorm @JvmOverloads constructor(public val epsilon: Double = 1e-5) : Norm {
    override fun toString(): String = "LayerNorm(epsilon = $epsilon)"
}

/** `gain * x / sqrt(mean(x^2) + epsilon)` over the width (arXiv 1910.07467, equation 4); it has no bias. */
@Serializable
@SerialName("rmsNorm")
public data class RmsNorm @JvmOverloads constructor(public val epsilon: Double = 1e-6) : Norm {
    override fun toString(): String = "RmsNorm(epsilon = $epsilon)"
}

/**
 * `gain * x / max(|x|, epsilon)` over the width, with one number for a gain that begins at `sqrt(width)` (arXiv
 * 1910.05895, equation 5).
 */
@Serializable
@SerialName("scaleNorm")
public data class ScaleNorm @JvmOverloads constructor(public val epsilon: Double = 1e-5) : Norm {
    override fun toString(): String = "ScaleNorm(epsilon = $epsilon)"
}

/**
 * `gain * (x - mean) / sqrt(variance + epsilon) + bias`, where mean and variance of each feature are over all real
 * positions of a batch, and after training their running averages (arXiv 1502.03167, algorithm 1).
 *
 * Weights beside gain and bias, not trained: mean and variance `[width]`, which begin at 0 and 1. Each batch of
 * training moves them, `(1 - momentum) * average + momentum * batch`; the variance that goes in is the unbiased one,
 * over one row less (algorithm 2, and PyTorch's BatchNorm1d). A norm that is frozen uses them in training too.
 *
 * @property momentum how much of the batch goes into the running averages
 */
@Serializable
@SerialName("batchNorm")
public data class BatchNorm
@JvmOverloads
constructor(public val epsilon: Double = 1e-5, public val momentum: Double = 0.1) : Norm {
    override fun toString(): String = "BatchNorm(epsilon = $epsilon, momentum = $momentum)"
}

/**
 * `gain * x / psi + bias`, where `psi^2` is the running quadratic mean of each feature, and gradients have a running
 * correction `nu` of their own (arXiv 2003.07845, algorithms 1 and 2): with `n = x / psi` and `g` the gradient of `n`,
 *
 *     dx = (g - nu * n) / psi     nu becomes (1 - momentum * mean(n^2)) * nu + momentum * mean(g * n)
 *
 * Weights beside gain and bias, not trained: square `[width]`, `psi^2`, which begins at 1, and correction `[width]`,
 * `nu`, which begins at 0. Each batch of training uses both and then moves them; means are over its real positions. In
 * a norm that is frozen neither moves, and `psi` is a constant. Differs from the paper's code: that divides by the
 * batch's own quadratic mean while it warms up, and in the gradient.
 *
 * @property momentum how much of the batch goes into the running means
 */
@Serializable
@SerialName("powerNorm")
public data class PowerNorm
@JvmOverloads
constructor(public val epsilon: Double = 1e-5, public val momentum: Double = 0.1) : Norm {
    override fun toString(): String = "PowerNorm(epsilon = $epsilon, momentum = $momentum)"
}

/** `x` itself. */
@Serializable @SerialName("none") public data object NoNorm : Norm
