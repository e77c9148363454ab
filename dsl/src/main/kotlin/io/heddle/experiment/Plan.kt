@file:JvmName("ExperimentPlans")

package io.heddle.experiment

import io.heddle.describe.cost
import io.heddle.recipe.Batch
import io.heddle.recipe.Constant
import io.heddle.recipe.Evaluation
import io.heddle.recipe.Keep
import io.heddle.recipe.Recipe
import io.heddle.rules.longest
import java.math.BigInteger
import java.util.function.ToDoubleFunction
import kotlin.math.roundToLong

/**
 * The operations of one step of [configuration], forward and backward, where every sequence is as long as the data
 * allows.
 */
public fun operationsOfStep(configuration: Configuration): BigInteger {
    val recipe = configuration.setting.recipe
    val training = configuration.variant.model.cost().training
    val length = longest(recipe.data)
    val sizes = training.symbols.associateWith { if (it == BATCH) rows(recipe, length) else length }
    return training.count(sizes) * recipe.accumulation.toBigInteger()
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
    val first = variants.first()
    val steps =
        configurations.associateWith { configuration ->
            val budget = costOfStep.applyAsDouble(Configuration(first, configuration.setting))
            val exact = configuration.setting.recipe.steps * budget / costOfStep.applyAsDouble(configuration)
            exact.roundToLong().coerceIn(1, Int.MAX_VALUE.toLong()).toInt()
        }
    return trials.map { trial ->
        trial.copy(configuration = trial.configuration.ofSteps(steps.getValue(trial.configuration)))
    }
}

private fun Configuration.ofSteps(steps: Int): Configuration =
    copy(setting = setting.copy(recipe = setting.recipe.run { copy(steps = steps).toldAs(name, origins) }))

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
