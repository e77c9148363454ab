package io.heddle.recipe

import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.sqrt
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Which learning rate each step has. In the first [warmup] steps it grows evenly from 0. */
@Serializable
public sealed interface Schedule {
    /** How many steps it takes to reach the highest rate. */
    public val warmup: Int

    /** The rate of [step], counted from 0, of [steps], where [highest] is the optimizer's learning rate. */
    public fun rate(step: Int, steps: Int, highest: Double): Double =
        if (step < warmup) highest * (step + 1) / (warmup + 1) else afterWarmup(step, steps, highest)

    /** The rate of a [step] that is not in the warm-up. */
    public fun afterWarmup(step: Int, steps: Int, highest: Double): Double
}

/** The highest rate. */
@Serializable
@SerialName("constant")
public data class Constant @JvmOverloads constructor(override val warmup: Int = 0) : Schedule {
    override fun afterWarmup(step: Int, steps: Int, highest: Double): Double = highest
}

/** A straight line down to [floor] at the last step. */
@Serializable
@SerialName("linear")
public data class Linear @JvmOverloads constructor(override val warmup: Int = 0, public val floor: Double = 0.0) :
    Schedule {
    override fun afterWarmup(step: Int, steps: Int, highest: Double): Double =
        highest + (floor - highest) * progress(step, steps, warmup)
}

/** Half a cosine down to [floor] at the last step (arXiv 1608.03983, equation 5, without restarts). */
@Serializable
@SerialName("cosine")
public data class Cosine @JvmOverloads constructor(override val warmup: Int = 0, public val floor: Double = 0.0) :
    Schedule {
    override fun afterWarmup(step: Int, steps: Int, highest: Double): Double =
        floor + (highest - floor) * (1 + cos(PI * progress(step, steps, warmup))) / 2
}

/**
 * Falls as `1 / sqrt(step)` from the end of the warm-up: `highest * sqrt(warmup / step)`.
 *
 * The paper's (arXiv 1706.03762, equation 3) is this one with `learningRate = 1 / sqrt(width * warmup)`.
 */
@Serializable
@SerialName("inverseSquareRoot")
public data class InverseSquareRoot @JvmOverloads constructor(override val warmup: Int = 4_000) : Schedule {
    override fun afterWarmup(step: Int, steps: Int, highest: Double): Double =
        highest * sqrt(maxOf(1, warmup).toDouble() / (step + 1))

    public companion object {
        /** The learning rate at which the schedule is the paper's for a model of [width]. */
        @JvmStatic public fun paperRate(width: Int, warmup: Int): Double = 1 / sqrt(width.toDouble() * warmup)
    }
}

private fun progress(step: Int, steps: Int, warmup: Int): Double =
    if (steps <= warmup) 1.0 else ((step - warmup).toDouble() / (steps - warmup)).coerceIn(0.0, 1.0)
