package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult

/** How long steps took before the training, where that decided how many are taken, and how many that came to. */
internal class TimedSteps(private val result: ExperimentResult) {
    /** A row a configuration; nothing where no step was timed beforehand. */
    fun blocks(): List<Block> {
        if (result.stepTimes.isEmpty()) return emptyList()
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
            result.stepTimes.map { (configuration, time) ->
                val (variant, setting) = configuration.variant.name to configuration.setting.name
                listOf(variant) +
                    (if (varies) listOf(setting) else emptyList()) +
                    listOf(
                        Numbers.fixed(time.seconds * MILLISECONDS, 2),
                        Numbers.grouped(steps.getValue(variant to setting).toLong()),
                    )
            }
        return listOf(Block.Table(CAPTION, columns, if (varies) 2 else 1, rows)) + rough()
    }

    /** Which times say little, because the machine did other things. */
    private fun rough(): List<Block> {
        val rough = result.stepTimes.filterValues { !it.isSteady }
        if (rough.isEmpty()) return emptyList()
        val named =
            rough.map { (configuration, time) ->
                "“${line(configuration.name)}” (${Numbers.fixed(time.apart * PERCENT, 0)} %)"
            }
        return listOf(
            Block.Paragraph(
                "The machine did other things while steps were timed: the shortest of one turn and of the next best " +
                    "are far apart for ${named.joinToString()}. Their numbers of steps are rough. Compare again with " +
                    "another --out when the machine is quiet."
            )
        )
    }

    private companion object {
        const val MILLISECONDS = 1000.0
        const val PERCENT = 100
        const val CAPTION =
            "Steps timed before the training: the shortest of all, taken in turns when all configurations had " +
                "taken others, until two turns came to about the same. Each variant is trained for as many steps " +
                "as take as long as those of the first with the same setting."
    }
}
