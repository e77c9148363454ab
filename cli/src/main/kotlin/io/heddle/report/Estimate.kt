package io.heddle.report

import kotlin.math.sqrt
import org.apache.commons.statistics.distribution.TDistribution

/** What trials from several seeds say of a number. */
public sealed interface Estimate {
    /** Nothing: no trial has it. */
    public data object Nothing : Estimate

    /** One trial has it, which says nothing of its spread. */
    public data class Single(public val value: Double) : Estimate

    /**
     * The mean with its 95 % interval, which runs from [mean] - [half] to [mean] + [half].
     *
     * `half = t(0.975, n - 1) s / sqrt(n)` for [count] n trials, their standard deviation s, with n - 1 below its sum
     * of squares, and the quantile t of Student's distribution: the interval of a mean whose variance is not known
     * (Student, Biometrika 6, 1908).
     */
    public data class Interval(public val mean: Double, public val half: Double, public val count: Int) : Estimate

    public companion object {
        private const val OUTSIDE = 0.05

        /** What [values], one a trial, come to; all are finite. */
        public fun of(values: List<Double>): Estimate =
            when (values.size) {
                0 -> Nothing
                1 -> Single(values.single())
                else -> {
                    val far = TDistribution.of(values.size - 1.0).inverseSurvivalProbability(OUTSIDE / 2)
                    Interval(values.average(), far * deviation(values) / sqrt(values.size.toDouble()), values.size)
                }
            }

        /** The standard deviation with n - 1 below the sum of squares. */
        internal fun deviation(values: List<Double>): Double {
            val mean = values.average()
            return sqrt(values.sumOf { (it - mean) * (it - mean) } / (values.size - 1))
        }
    }
}
