package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult

/** The table of single trials. */
internal class TrialTable(private val result: ExperimentResult, private val endings: Endings) {
    /** What variants are compared by, where that is not the loss. */
    private val judged = listOf(Judge(result.experiment)).filter { it.isMeasure }

    /** The table. */
    fun table(): Block.Table =
        Block.Table(
            "Every trial. The key is what its model, recipe, seed, data and the version of Heddle come to; runs.csv " +
                "and runs.sqlite call it by that.",
            listOf("Variant", "Setting", "Seed", "End").map { Column(it, Column.Kind.Words) } +
                (listOf("Steps", "Final loss", "Best loss") + judged.map { "Final ${it.name}" } + "Time").map {
                    Column(it, Column.Kind.Numbers)
                } +
                Column("Key", Column.Kind.Words),
            1,
            result.trials.map { trial ->
                val losses = trial.values(Columns.VALIDATION_LOSS).map { it.second }
                val configuration = trial.trial.configuration
                listOf(
                    configuration.variant.name,
                    configuration.setting.name.ifEmpty { Numbers.NONE },
                    "${trial.trial.seed}",
                    endings.end(trial),
                    Numbers.grouped(trial.steps),
                    trial.kept(Columns.VALIDATION_LOSS)?.let { Numbers.fixed(it, 4) } ?: Numbers.NONE,
                    losses.minOrNull()?.let { Numbers.fixed(it, 4) } ?: Numbers.NONE,
                ) +
                    judged.map { judge ->
                        trial.kept(judge.column)?.let { Numbers.fixed(it, judge.decimals) } ?: Numbers.NONE
                    } +
                    listOf(if (trial.isBegun) Numbers.duration(trial.seconds) else Numbers.NONE, trial.key.take(KEY))
            },
        )

    private companion object {
        /** As many characters as tell keys apart, as Git does. */
        const val KEY = 12
    }
}
