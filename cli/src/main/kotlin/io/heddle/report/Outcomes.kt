package io.heddle.report

import io.heddle.experiment.Experiment
import io.heddle.recipe.Keep
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.heddle.runtime.train.Measure
import kotlin.jvm.optionals.getOrNull

/** What the report calls the columns of a trial's metrics. */
internal object Columns {
    const val LOSS: String = "loss"
    const val VALIDATION_LOSS: String = "validationLoss"
    const val LEARNING_RATE: String = "learningRate"
    const val STEP_SECONDS: String = "stepSeconds"

    private val ofTraining =
        setOf(LOSS, VALIDATION_LOSS, LEARNING_RATE, STEP_SECONDS, "gradientNorm", "tokens", "seconds")

    /** What a measure in [column] is called. */
    fun title(column: String): String = Measure.entries.find { it.column() == column }?.title() ?: column

    /** What was measured of held-out data beside the loss, in the order of the columns. */
    fun measures(result: ExperimentResult): List<String> =
        result.trials
            .flatMap { trial -> trial.metrics.filter { VALIDATION_LOSS in it.metrics } }
            .flatMap { it.metrics.keys }
            .distinct()
            .filterNot { it in ofTraining }
}

/** The finite values of [column], each with its step. */
internal fun TrialResult.values(column: String): List<Pair<Long, Double>> =
    metrics
        .flatMap { row -> row.metrics[column]?.let { listOf(row.step to it.asDouble()) }.orEmpty() }
        .filter { (_, value) -> value.isFinite() }

/** A trial took all its steps and its last look at held-out data gave a number: its losses count. */
internal val TrialResult.counts: Boolean
    get() =
        end is TrialEnd.Finished &&
            metrics
                .lastOrNull { Columns.VALIDATION_LOSS in it.metrics }
                ?.let { it.metrics.getValue(Columns.VALIDATION_LOSS).asDouble().isFinite() } == true

/** Whether a step of the trial was taken, or held-out data looked at. */
internal val TrialResult.isBegun: Boolean
    get() = steps > 0 || metrics.isNotEmpty()

/**
 * A variant with a setting, and what became of its trials.
 *
 * @property variant its place among the variants
 * @property setting the place of the setting
 */
internal class Outcome(val variant: Int, val setting: Int, val trials: List<TrialResult>) {
    /** Those whose losses are averaged. */
    val counted: List<TrialResult> = trials.filter { it.counts }

    /** The validation loss of the weights that each leaves that counts, by seed. */
    val finalLosses: Map<Long, Double> = finals(Columns.VALIDATION_LOSS)

    /** What [column] is of the weights that each leaves that counts and has it, by seed. */
    fun finals(column: String): Map<Long, Double> =
        counted.flatMap { trial -> kept(trial, column).map { trial.trial.seed to it } }.toMap()

    /** The lowest validation loss of each that counts. */
    val bestLosses: List<Double> = counted.map { trial -> trial.values(Columns.VALIDATION_LOSS).minOf { it.second } }

    /** How long each that counts took, in seconds. */
    val seconds: List<Double> = counted.map { it.seconds }

    /** The value of [measure] for the weights that each leaves that counts and has one. */
    fun measured(measure: String): List<Double> = counted.flatMap { kept(it, measure) }

    private fun kept(trial: TrialResult, column: String) = listOfNotNull(trial.kept(column))
}

/** The value of [column] for the weights that a trial leaves; none where it did not come to its end. */
internal fun TrialResult.kept(column: String): Double? {
    if (end !is TrialEnd.Finished) return null
    return when (trial.recipe.evaluation.keep) {
        is Keep.Last -> values(column).lastOrNull()?.second
        is Keep.Best -> keptEvaluation().getOrNull()?.metrics?.get(column)?.asDouble()?.takeIf { it.isFinite() }
    }
}

/** All variants with all settings, settings innermost, in the experiment's order. */
internal fun ExperimentResult.outcomes(): List<Outcome> {
    val trials = trials.groupBy { experiment.variantOf(it) to experiment.settingOf(it) }
    return experiment.variants.indices.flatMap { variant ->
        experiment.settings.indices.map { setting -> Outcome(variant, setting, trials[variant to setting].orEmpty()) }
    }
}

/** The place of a trial's variant; names are unique in an experiment. */
internal fun Experiment.variantOf(trial: TrialResult): Int =
    trial.trial.configuration.variant.name.let { name -> variants.indexOfFirst { it.name == name } }

/** The place of a trial's setting, which it may take for more or fewer steps. */
internal fun Experiment.settingOf(trial: TrialResult): Int =
    trial.trial.configuration.setting.name.let { name -> settings.indexOfFirst { it.name == name } }

/** Each variant beside the first one by [judge], setting by setting, with p corrected for all together. */
internal fun comparisons(outcomes: List<Outcome>, judge: Judge): List<Comparison> {
    val first = outcomes.filter { it.variant == 0 }.associateBy { it.setting }
    return Comparison.corrected(
        outcomes
            .filter { it.variant > 0 }
            .map { outcome ->
                val (own, other) = outcome.finals(judge.column) to first.getValue(outcome.setting).finals(judge.column)
                Comparison.of(outcome.variant, outcome.setting, own, other)
            }
    )
}
