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
import java.util.function.Function
import java.util.function.LongToDoubleFunction

/** The operations of one step of [configuration], the mean over all steps; see [TrainingOperations]. */
public fun operationsOfStep(configuration: Configuration): BigInteger {
    val steps = maxOf(1, configuration.setting.recipe.steps).toLong()
    return TrainingOperations(configuration).of(steps) / steps.toBigInteger()
}

/**
 * The operations of training a [configuration], forward and backward, where every sequence is as long as the data
 * allows. What a model reads again, or writes itself, to learn from it counts as a forward pass each time; writing word
 * after word computes no less.
 */
public class TrainingOperations(configuration: Configuration) {
    private val recipe = configuration.setting.recipe
    private val cost = configuration.variant.model.cost()
    private val learned = operations(cost.training)
    private val read = operations(cost.forward)

    private fun operations(of: Dim): BigInteger {
        val length = longest(recipe.data)
        return of.count(of.symbols.associateWith { if (it == BATCH) rows(recipe, length) else length })
    }

    /** Those of the first [steps] steps. */
    public fun of(steps: Long): BigInteger {
        val before = if (rewarded == null) steps else minOf(steps, recipe.rewards.after.toLong())
        val all = forced * before.toBigInteger() + (rewarded ?: forced) * (steps - before).toBigInteger()
        return all * recipe.accumulation.toBigInteger()
    }

    /** Of a batch whose words are learned by cross entropy. */
    private val forced: BigInteger =
        when (val input = recipe.decoderInput) {
            is DecoderInput.TeacherForcing,
            is DecoderInput.Blanks,
            is DecoderInput.Masked -> learned
            is DecoderInput.ScheduledSampling -> learned + read * input.passes.toBigInteger()
        }

    /** Of a batch whose sequences are rewarded; null where none are. */
    private val rewarded: BigInteger? =
        when (val rewards = recipe.rewards) {
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
 * setting, where so many steps of a configuration cost what [costOf] says, more steps more.
 */
public fun Experiment.rescaled(costOf: Function<Configuration, LongToDoubleFunction>): List<Trial> {
    val first = configurationsOf(variants.first()).associateBy { it.setting.name }
    val budgets =
        first.mapValues { (_, spent) -> costOf.apply(spent).applyAsDouble(spent.setting.recipe.steps.toLong()) }
    val steps = configurations.associateWith { stepsFor(budgets.getValue(it.setting.name), costOf.apply(it)) }
    return trials.map { trial ->
        trial.copy(configuration = trial.configuration.ofSteps(steps.getValue(trial.configuration)))
    }
}

/** As many steps as cost nearest to [budget], 1 or more. */
private fun stepsFor(budget: Double, cost: LongToDoubleFunction): Int {
    var (low, high) = 0L to Int.MAX_VALUE.toLong()
    while (high - low > 1) {
        val middle = (low + high) / 2
        if (cost.applyAsDouble(middle) <= budget) low = middle else high = middle
    }
    val isLowNearer = budget - cost.applyAsDouble(low) < cost.applyAsDouble(high) - budget
    return maxOf(1, if (isLowNearer) low else high).toInt()
}

/** The same for as many operations. */
public fun Experiment.rescaledByOperations(): List<Trial> = rescaled { configuration ->
    val operations = TrainingOperations(configuration)
    LongToDoubleFunction { operations.of(it).toDouble() }
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
