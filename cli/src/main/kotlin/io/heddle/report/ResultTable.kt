package io.heddle.report

import io.heddle.describe.cost
import io.heddle.experiment.TrainingOperations
import io.heddle.experiment.hasComparableLosses
import io.heddle.recipe.Keep
import io.heddle.runtime.experiment.ExperimentResult

/** The table of variants: what they came to, and what they took. */
internal class ResultTable(
    private val result: ExperimentResult,
    private val outcomes: List<Outcome>,
    private val comparisons: List<Comparison>,
    private val endings: Endings,
) {
    private val experiment = result.experiment
    private val measures = Columns.measures(result)
    private val varied = experiment.settings.size > 1
    private val parameters = experiment.variants.map { variant -> variant.model.cost().let { it.trained + it.fixed } }

    private val judge = Judge(experiment)

    /** Losses that stand below each other and say nothing of each other. */
    private val unlike =
        listOf(
                "Losses are not of the same words, and are not to be compared. " to !experiment.hasComparableLosses,
                "Data is not the same for all: see that what is held out is. " to
                    (experiment.configurations.distinctBy { it.setting.recipe.data }.size > 1),
            )
            .filter { it.second }
            .joinToString("") { it.first }

    /** The table. */
    fun table(): Block.Table = Block.Table(caption(), columns(), if (varied) 2 else 1, outcomes.map { row(it) })

    private fun caption() =
        "Mean and 95 % interval over seeds (Student's t) of trials that finished. " +
            "${LossUnit.of(experiment).caption}; final: at ${look()} at held-out data; best: the lowest. " +
            "${unlike}Difference: of the final ${judge.short} to that of " +
            "“${line(experiment.variants.first().name)}”, seed by seed; p after Holm's correction. FLOPs: " +
            "floating-point operations of all products, forward and backward, over all steps, with sequences as long " +
            "as the data allows. Time: of a trial, beside others that ran at once; the first ones bear the start of " +
            "the program, so compare steps by the times of steps below."

    private fun look() =
        when (experiment.recipe.evaluation.keep) {
            is Keep.Last -> "the last look"
            is Keep.Best -> "the look whose weights are kept"
        }

    private fun columns(): List<Column> {
        val words = listOf("Variant") + (if (varied) listOf("Setting") else emptyList()) + "Finished"
        val numbers =
            listOf("Final validation loss", "Best validation loss") +
                measures.map { "Final ${Columns.title(it)}" } +
                listOf("Difference", "p", "Parameters", "Steps", "FLOPs", "Time")
        return words.map { Column(it, Column.Kind.Words) } + numbers.map { Column(it, Column.Kind.Numbers) }
    }

    private fun row(outcome: Outcome): List<String> {
        val variant = experiment.variants[outcome.variant]
        val setting = experiment.settings[outcome.setting]
        val names = listOf(variant.name) + if (varied) listOf(setting.name) else emptyList()
        val losses =
            listOf(
                endings.told(outcome),
                Numbers.estimate(Estimate.of(outcome.finalLosses.values.toList()), LOSS),
                Numbers.estimate(Estimate.of(outcome.bestLosses), LOSS),
            )
        val measured = measures.map { Numbers.estimate(Estimate.of(outcome.measured(it)), MEASURE) }
        return names +
            losses +
            measured +
            difference(outcome) +
            listOf(Numbers.count(parameters[outcome.variant]), steps(outcome), operations(outcome), time(outcome))
    }

    private fun difference(outcome: Outcome): List<String> {
        val comparison = comparisons.find { it.variant == outcome.variant && it.setting == outcome.setting }
        if (comparison == null) return listOf(Numbers.NONE, Numbers.NONE)
        val p =
            when (val verdict = comparison.verdict) {
                is Verdict.Tested -> Numbers.p(verdict.corrected).removePrefix("p = ").removePrefix("p ")
                is Verdict.TooFewSeeds,
                is Verdict.NoSpread -> "not tested"
            }
        return listOf(Numbers.estimate(comparison.difference, judge.decimals, Numbers::signed), p)
    }

    /** How many steps trials took, which is fewer than was planned where they diverged or were left off. */
    private fun taken(outcome: Outcome): List<Long> = outcome.trials.map { it.steps }.distinct().sorted()

    private fun steps(outcome: Outcome): String =
        taken(outcome).joinToString(" – ") { Numbers.grouped(it) }.ifEmpty { Numbers.NONE }

    private fun operations(outcome: Outcome): String {
        val trial = outcome.trials.firstOrNull() ?: return Numbers.NONE
        val operations = TrainingOperations(trial.trial.configuration)
        return taken(outcome).joinToString(" – ") { Numbers.count(operations.of(it)) }
    }

    private fun time(outcome: Outcome): String = Numbers.duration(Estimate.of(outcome.seconds))

    private companion object {
        const val LOSS = 4
        const val MEASURE = 2
    }
}
