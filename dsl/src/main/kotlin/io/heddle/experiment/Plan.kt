@file:JvmName("ExperimentPlans")

package io.heddle.experiment

import io.heddle.describe.cost
import io.heddle.dims.Dim
import io.heddle.recipe.Baseline
import io.heddle.recipe.Batch
import io.heddle.recipe.Constant
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Evaluation
import io.heddle.recipe.Keep
import io.heddle.recipe.Recipe
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sample
import io.heddle.rules.longest
import java.math.BigInteger
import java.util.function.ToDoubleFunction
import kotlin.math.roundToLong

/**
 * The operations of one step of [configuration], forward and backward, where every sequence is as long as the data
 * allows, the mean over all steps. What a model reads again, or writes itself, to learn from it counts as a forward
 * pass each time; writing word after word computes no less.
 */
public fun operationsOfStep(configuration: Configuration): BigInteger {
    val recipe = configuration.setting.recipe
    val cost = configuration.variant.model.cost()
    val length = longest(recipe.data)
    fun operations(of: Dim) = of.count(of.symbols.associateWith { if (it == BATCH) rows(recipe, length) else length })
    val each = StepOperations(operations(cost.training), operations(cost.forward))
    return each.mean(recipe) * recipe.accumulation.toBigInteger()
}

/** Operations for one batch: of a pass forward and backward, and of one forward. */
private class StepOperations(private val learned: BigInteger, private val read: BigInteger) {
    fun mean(recipe: Recipe): BigInteger {
        val rewarded = rewarded(recipe.rewards) ?: return forced(recipe.decoderInput)
        val (steps, before) = recipe.steps.toLong() to minOf(recipe.steps, recipe.rewards.after).toLong()
        val all = learned * before.toBigInteger() + rewarded * (steps - before).toBigInteger()
        return all / maxOf(1, steps).toBigInteger()
    }

    private fun forced(input: DecoderInput) =
        when (input) {
            is DecoderInput.TeacherForcing,
            is DecoderInput.Blanks,
            is DecoderInput.Masked -> learned
            is DecoderInput.ScheduledSampling -> learned + read * input.passes.toBigInteger()
        }

    /** Of a batch whose sequences are rewarded; null where none are. */
    private fun rewarded(rewards: Rewards): BigInteger? =
        when (rewards) {
            is Rewards.None -> null
            is Rewards.Reinforce ->
                (read + learned) * rewards.samples.toBigInteger() + compared(rewards.baseline, rewards.samples)
            is Rewards.Mixer -> read + learned + compared(rewards.baseline, 1)
            is Rewards.MinimumRisk -> {
                val samples = rewards.samples.toBigInteger()
                read * samples + (read + learned) * (samples + BigInteger.ONE)
            }
        }

    private fun compared(baseline: Baseline, samples: Int): BigInteger =
        when (baseline) {
            is Baseline.None,
            is Baseline.MeanOfOthers -> BigInteger.ZERO
            is Baseline.SelfCritical -> read
            is Baseline.Learned -> read * samples.toBigInteger()
        }
}

private const val BATCH = "batch"

private fun rows(recipe: Recipe, length: Long): Long =
    when (val batch = recipe.batch) {
        is Batch.Sequences -> batch.count.toLong()
        is Batch.Tokens -> maxOf(1, batch.count / length)
    }

/**
 * The trials of this experiment, each with as many steps as come to what its first variant spends with the same
 * setting, where a step of a configuration costs [costOfStep].
 */
public fun Experiment.rescaled(costOfStep: ToDoubleFunction<Configuration>): List<Trial> {
    val first = configurationsOf(variants.first()).associateBy { it.setting.name }
    val steps =
        configurations.associateWith { configuration ->
            val spent = first.getValue(configuration.setting.name)
            val budget = spent.setting.recipe.steps * costOfStep.applyAsDouble(spent)
            val exact = budget / costOfStep.applyAsDouble(configuration)
            exact.roundToLong().coerceIn(1, Int.MAX_VALUE.toLong()).toInt()
        }
    return trials.map { trial ->
        trial.copy(configuration = trial.configuration.ofSteps(steps.getValue(trial.configuration)))
    }
}

private fun Configuration.ofSteps(steps: Int): Configuration =
    copy(setting = setting.copy(recipe = setting.recipe.run { copy(steps = steps).toldAs(name, origins) }))

/** This trial without what leads to nothing else: names, how often it is saved, and what it writes to be looked at. */
public fun Trial.decisive(): Trial {
    val bare = configuration.setting.recipe.copy(checkpointEvery = 1, sample = Sample.None)
    return Trial(Configuration(Variant("", configuration.variant.model.called("")), Setting("", bare)), seed)
}

/**
 * This recipe for [steps] that change next to nothing, so that none diverges, and with nothing between them: for steps
 * that are timed. Recipes whose steps take as long, as far as it shows in them, become the same.
 */
public fun Recipe.timed(steps: Int): Recipe =
    Variation.LearningRate(listOf(NEXT_TO_NOTHING))
        .change(this, 0)
        .copy(
            steps = steps,
            schedule = Constant(),
            evaluation = Evaluation(Int.MAX_VALUE, evaluation.batches, emptyList(), Keep.Last),
            checkpointEvery = Int.MAX_VALUE,
        )

private const val NEXT_TO_NOTHING = 1e-12
