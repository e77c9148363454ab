package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How a gradient changes the weights. */
@Serializable
public sealed interface Optimizer {
    /** The highest learning rate; the schedule says which part of it each step has. */
    public val learningRate: Double
}

/** `v = momentum * v + g; w = w - rate * v` (PyTorch's form of momentum). */
@Serializable
@SerialName("sgd")
public data class Sgd @JvmOverloads constructor(override val learningRate: Double, public val momentum: Double = 0.0) :
    Optimizer

/** Adam (arXiv 1412.6980, algorithm 1), without decay. */
@Serializable
@SerialName("adam")
public data class Adam
@JvmOverloads
constructor(
    override val learningRate: Double,
    public val beta1: Double = 0.9,
    public val beta2: Double = 0.999,
    public val epsilon: Double = 1e-8,
) : Optimizer

/**
 * Adam with decay that is not part of the gradient (arXiv 1711.05101, algorithm 2): first `w = w - rate * weightDecay *
 * w`.
 */
@Serializable
@SerialName("adamW")
public data class AdamW
@JvmOverloads
constructor(
    override val learningRate: Double,
    public val beta1: Double = 0.9,
    public val beta2: Double = 0.999,
    public val epsilon: Double = 1e-8,
    public val weightDecay: Double = 0.01,
    public val decays: Decays = Decays.MatricesAndTables,
) : Optimizer
