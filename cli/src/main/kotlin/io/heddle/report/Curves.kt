package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult

/** What charts show over the steps of a training, as lines: a panel a setting. */
public object Curves {
    private const val BINS = 100

    /** The validation loss. */
    public fun validationLoss(result: ExperimentResult): List<Curve> =
        bySetting(result) { it.values(Columns.VALIDATION_LOSS) }

    /** The figure of the held-out data in [column]. */
    internal fun figure(result: ExperimentResult, column: String): List<Curve> = bySetting(result) { it.values(column) }

    /** The training loss, as means over [binOf] steps each. */
    public fun trainingLoss(result: ExperimentResult): List<Curve> {
        val bin = binOf(result)
        return bySetting(result) { trial ->
            trial
                .values(Columns.LOSS)
                .groupBy { (step, _) -> (step - 1) / bin }
                .map { (number, values) -> (number * bin + (bin + 1) / 2) to values.map { it.second }.average() }
        }
    }

    /** Over how many steps a point of the training loss is the mean. */
    public fun binOf(result: ExperimentResult): Long {
        val steps = result.trials.maxOfOrNull { it.steps } ?: 0
        return maxOf(1, (steps + BINS - 1) / BINS)
    }

    /** The learning rate. */
    public fun learningRate(result: ExperimentResult): List<Curve> =
        bySetting(result) { it.values(Columns.LEARNING_RATE) }

    private fun bySetting(result: ExperimentResult, values: (TrialResult) -> List<Pair<Long, Double>>): List<Curve> =
        result.outcomes().flatMap { outcome ->
            of(result.experiment.settings[outcome.setting].name, outcome.variant, outcome.trials, Middle.Arithmetic) {
                trial ->
                values(trial).map { (step, value) -> step.toDouble() to value }
            }
        }

    /**
     * Trials that count together, and every other one by itself: a mean that some leave on the way would jump.
     *
     * @param values of a trial, by rising x
     */
    internal fun of(
        panel: String,
        variant: Int,
        trials: List<TrialResult>,
        middle: Middle,
        values: (TrialResult) -> List<Pair<Double, Double>>,
    ): List<Curve> {
        val (finished, others) = trials.partition { it.end is TrialEnd.Finished }
        fun curve(trials: List<TrialResult>, end: CurveEnd) =
            Curve(panel, variant, trials.map { it.trial.seed }, CurvePoint.over(trials.map(values), middle), end)
        return (listOf(curve(finished, CurveEnd.Whole)) + others.map { curve(listOf(it), end(it)) }).filter {
            it.points.isNotEmpty()
        }
    }

    /** Whether a trial is a line of its own. */
    internal fun isAlone(trial: TrialResult): Boolean = trial.isBegun && end(trial) != CurveEnd.Whole

    private fun end(trial: TrialResult): CurveEnd =
        when (val end = trial.end) {
            is TrialEnd.Finished -> CurveEnd.Whole
            is TrialEnd.Diverged -> CurveEnd.Diverged(end.step)
            is TrialEnd.LeftOff,
            is TrialEnd.Unfinished -> CurveEnd.CutShort
        }
}
