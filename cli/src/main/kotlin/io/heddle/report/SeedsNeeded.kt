package io.heddle.report

import org.apache.commons.statistics.distribution.TDistribution

/** How many seeds would tell a difference as large as the one that was seen. */
public sealed interface SeedsNeeded {
    /** Not known: fewer than two differences, or none at all between the means. */
    public data object Unknown : SeedsNeeded

    /** About [count]. */
    public data class About(public val count: Int) : SeedsNeeded

    /** More than [count]: the difference is small beside its spread. */
    public data class MoreThan(public val count: Int) : SeedsNeeded

    public companion object {
        private const val POWER = 0.8
        private const val MOST = 1000

        /**
         * For [differences] whose mean is d and whose standard deviation is s, the smallest n with `n >= (s / d)^2
         * (t(1 - a/2, n - 1) + t(power, n - 1))^2`: a paired t-test at level a would then find d with a probability of
         * 0.8 (J. Zar, Biostatistical Analysis, equation 7.8). Level a is that of one of [tests], Bonferroni's.
         */
        public fun of(differences: List<Double>, tests: Int): SeedsNeeded =
            of(differences, Comparison.LEVEL / tests.coerceAtLeast(1), POWER)

        /** The same at a [level] and for a [power]. */
        public fun of(differences: List<Double>, level: Double, power: Double): SeedsNeeded {
            val mean = differences.average()
            if (differences.size < 2 || mean == 0.0) return Unknown
            val ratio = Estimate.deviation(differences) / mean
            val count = (2..MOST).firstOrNull { it >= ratio * ratio * reach(it, level, power) }
            return if (count == null) MoreThan(MOST) else About(maxOf(count, Comparison.ENOUGH))
        }

        private fun reach(count: Int, level: Double, power: Double): Double {
            val student = TDistribution.of(count - 1.0)
            val far = student.inverseSurvivalProbability(level / 2) + student.inverseCumulativeProbability(power)
            return far * far
        }
    }
}
