package io.heddle.report

import io.heddle.experiment.Configuration
import io.heddle.runtime.experiment.ExperimentResult

/** What is said of trainings that end before their warm-up does. */
internal class UnfinishedWarmups(private val result: ExperimentResult) {
    private val variants = result.experiment.variants.size

    /** A sentence for each setting with which any variant is trained for fewer steps than its learning rate rises. */
    fun all(): List<String> =
        result.trials
            .map { it.trial.configuration }
            .distinct()
            .filter { it.setting.recipe.run { steps < schedule.warmup } }
            .groupBy { it.setting.name to it.setting.recipe.steps }
            .map { (setting, short) -> told(setting.first, setting.second, short) }

    private fun told(setting: String, steps: Int, short: List<Configuration>): String {
        val names = if (short.size == variants) "every variant" else short.joinToString { "“${line(it.variant.name)}”" }
        val where = if (setting.isEmpty()) "" else " with $setting"
        val warmup = Numbers.grouped(short.first().setting.recipe.schedule.warmup.toLong())
        return "Trained for ${Numbers.counted(steps, "step")} of a warm-up of $warmup$where: $names. The learning " +
            "rate never came to its height."
    }
}
