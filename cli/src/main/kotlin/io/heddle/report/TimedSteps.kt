package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult

/** How long steps took before the training, where that decided how many are taken, and how many that came to. */
internal class TimedSteps(private val result: ExperimentResult) {
    /** A row a configuration; nothing where no step was timed beforehand. */
    fun blocks(): List<Block> {
        if (result.stepSeconds.isEmpty()) return emptyList()
        val varies = result.experiment.settings.size > 1
        val columns =
            listOf(Column("Variant", Column.Kind.Words)) +
                (if (varies) listOf(Column("Setting", Column.Kind.Words)) else emptyList()) +
                listOf(Column("Step (ms)", Column.Kind.Numbers), Column("Steps", Column.Kind.Numbers))
        val steps =
            result.trials.associate { one ->
                val trial = one.trial
                (trial.configuration.variant.name to trial.configuration.setting.name) to trial.recipe.steps
            }
        val rows =
            result.stepSeconds.map { (configuration, seconds) ->
                val (variant, setting) = configuration.variant.name to configuration.setting.name
                listOf(variant) +
                    (if (varies) listOf(setting) else emptyList()) +
                    listOf(
                        Numbers.fixed(seconds * MILLISECONDS, 2),
                        Numbers.grouped(steps.getValue(variant to setting).toLong()),
                    )
            }
        return listOf(Block.Table(CAPTION, columns, if (varies) 2 else 1, rows))
    }

    private companion object {
        const val MILLISECONDS = 1000.0
        const val CAPTION =
            "Steps timed before the training: the shortest of 15, taken in turns when all configurations had taken " +
                "others. Each variant is trained for as many steps as take as long as those of the first with the " +
                "same setting."
    }
}
