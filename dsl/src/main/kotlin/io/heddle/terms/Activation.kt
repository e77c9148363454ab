package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** A function applied to each number by itself. */
@Serializable public sealed interface Activation

/** `max(0, x)`. */
@Serializable @SerialName("relu") public data object Relu : Activation

/** `x * Phi(x)` with the normal distribution's own integral: `x / 2 * (1 + erf(x / sqrt(2)))` (arXiv 1606.08415). */
@Serializable @SerialName("gelu") public data object Gelu : Activation

/** `x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))`, the approximation of arXiv 1606.08415 that GPT-2 uses. */
@Serializable @SerialName("geluTanh") public data object GeluTanh : Activation

/** `x * sigmoid(1.702 * x)`, as in CLIP. */
@Serializable @SerialName("quickGelu") public data object QuickGelu : Activation

/** `x * sigmoid(x)`, also called swish (arXiv 1710.05941). */
@Serializable @SerialName("silu") public data object Silu : Activation

/** `max(0, x)^2`, as in Primer (arXiv 2109.08668). */
@Serializable @SerialName("squaredRelu") public data object SquaredRelu : Activation

/** `x` above 0, `exp(x) - 1` below (arXiv 1511.07289, equation 15). */
@Serializable @SerialName("elu") public data object Elu : Activation

/** `log(1 + exp(x))`. */
@Serializable @SerialName("softplus") public data object Softplus : Activation

/** `1 / (1 + exp(-x))`. */
@Serializable @SerialName("sigmoid") public data object Sigmoid : Activation

/** The hyperbolic tangent. */
@Serializable @SerialName("tanh") public data object Tanh : Activation

/** `x` itself. */
@Serializable @SerialName("identity") public data object Identity : Activation
