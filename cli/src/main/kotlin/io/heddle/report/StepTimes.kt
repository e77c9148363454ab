package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult

/**
 * How long the steps of a variant took with a setting, in milliseconds: the median, the quarters beside it, and what 5
 * % of all steps are shorter or longer than.
 *
 * @property setting the name of the setting; empty where nothing varies
 * @property variant the place of the variant
 * @property steps how many were timed
 */
public data class StepTimes(
    public val setting: String,
    public val variant: Int,
    public val steps: Int,
    public val shortest: Double,
    public val lower: Double,
    public val median: Double,
    public val upper: Double,
    public val longest: Double,
) {
    public companion object {
        private const val MILLISECONDS = 1000.0
        private val quantiles = listOf(0.05, 0.25, 0.5, 0.75, 0.95)

        /** Those of all trials, diverged ones with them, without the first step, which makes programs ready. */
        public fun of(result: ExperimentResult): List<StepTimes> =
            result.outcomes().flatMap { outcome ->
                val times =
                    outcome.trials
                        .flatMap { trial -> trial.values(Columns.STEP_SECONDS).filter { it.first > 1 } }
                        .map { it.second * MILLISECONDS }
                        .sorted()
                if (times.isEmpty()) emptyList()
                else {
                    val (shortest, lower, median, upper, longest) = quantiles.map { quantile(times, it) }
                    val setting = result.experiment.settings[outcome.setting].name
                    listOf(StepTimes(setting, outcome.variant, times.size, shortest, lower, median, upper, longest))
                }
            }

        /** Between the two numbers beside it, in proportion: definition 7 of Hyndman and Fan (1996), R's own. */
        internal fun quantile(sorted: List<Double>, share: Double): Double {
            val place = share * (sorted.size - 1)
            val below = place.toInt()
            val above = minOf(below + 1, sorted.lastIndex)
            return sorted[below] + (place - below) * (sorted[above] - sorted[below])
        }
    }
}
