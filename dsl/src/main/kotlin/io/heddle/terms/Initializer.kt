package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How the numbers of a weight matrix begin. Biases begin at 0 and gains at 1. */
@Serializable public sealed interface Initializer

/** Uniform in `+-gain * sqrt(6 / (inputs + outputs))` (Glorot and Bengio 2010, equation 16). */
@Serializable
@SerialName("xavierUniform")
public data class XavierUniform
@JvmOverloads
constructor(public val gain: Double = 1.0, public val branches: BranchScale = BranchScale.Same) : Initializer

/** Normal with deviation `gain * sqrt(2 / (inputs + outputs))` (Glorot and Bengio 2010). */
@Serializable
@SerialName("xavierNormal")
public data class XavierNormal
@JvmOverloads
constructor(public val gain: Double = 1.0, public val branches: BranchScale = BranchScale.Same) : Initializer

/** Uniform in `+-sqrt(6 / inputs)` (He et al. 2015, arXiv 1502.01852, equation 10, for relu). */
@Serializable @SerialName("kaimingUniform") public data object KaimingUniform : Initializer

/** Normal with deviation `sqrt(2 / inputs)` (He et al. 2015, arXiv 1502.01852, equation 10, for relu). */
@Serializable @SerialName("kaimingNormal") public data object KaimingNormal : Initializer

/** Normal with the given [deviation]; [branches] says what becomes of the weights that write into the residual. */
@Serializable
@SerialName("normal")
public data class Normal
@JvmOverloads
constructor(public val deviation: Double, public val branches: BranchScale = BranchScale.Same) : Initializer

/** Like [Normal], with what falls outside of two deviations drawn again. */
@Serializable
@SerialName("truncatedNormal")
public data class TruncatedNormal
@JvmOverloads
constructor(public val deviation: Double, public val branches: BranchScale = BranchScale.Same) : Initializer

/** How the last weights of a residual branch begin, beside the others. */
@Serializable
public enum class BranchScale {
    /** Like all others. */
    @SerialName("same") Same,

    /** Divided by the square root of the number of residual branches in the stack, as in GPT-2 (section 2.3). */
    @SerialName("byDepth") ByDepth,

    /**
     * Feed-forward, value and output matrices times `0.67 * layers^(-1/4)` in an encoder and `(9 * layers)^(-1/4)` in a
     * decoder: T-Fixup (Huang et al. 2020, section 3.3), which needs neither norms nor warm-up. Its embeddings, which
     * the paper makes smaller as well, begin as the input says.
     */
    @SerialName("fixup") Fixup,

    /** At 0: every residual branch begins as nothing. */
    @SerialName("zero") Zero,
}
