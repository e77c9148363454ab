package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult

/** What is said of trainings that end before their warm-up does. */
internal class UnfinishedWarmups(private val result: ExperimentResult) {
    /** A sentence for each configuration that is trained for fewer steps than its learning rate rises. */
    fun all(): List<String> =
        result.trials
            .map { it.trial.configuration }
            .distinct()
            .filter { it.setting.recipe.run { steps < schedule.warmup } }
            .map {
                val steps = Numbers.counted(it.setting.recipe.steps, "step")
                val warmup = Numbers.grouped(it.setting.recipe.schedule.warmup.toLong())
                val setting = if (it.setting.name.isEmpty()) "" else " with ${it.setting.name}"
                "“${line(it.variant.name)}”$setting is trained for $steps of a warm-up of $warmup: its learning rate " +
                    "never comes to its height."
            }
}
