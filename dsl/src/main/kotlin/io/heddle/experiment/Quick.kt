@file:JvmName("QuickExperiments")

package io.heddle.experiment

import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Linear
import io.heddle.recipe.Recipe
import io.heddle.recipe.Rewards
import io.heddle.recipe.SampledShare
import io.heddle.recipe.Schedule
import kotlin.math.pow

/**
 * This experiment with a tenth of the steps, and of whatever is counted in steps: warm-ups, and how often held-out data
 * is looked at. Values that a tenth makes the same are one value. It shows within minutes whether all trains; what it
 * finds may be otherwise with all steps.
 */
public fun Experiment.quick(): Experiment =
    copy(
            variants = variants.map { variant -> variant.copy(changes = variant.changes.map { it.tenth() }) },
            recipe = recipe.tenth(),
            variations = variations.map { it.tenth() },
        )
        .toldAs(origins)

private const val PART = 10

/** A tenth, rounded up: what is not 0 stays so. */
private fun tenth(count: Int) = (count.toLong() + PART - 1).div(PART).toInt()

private fun Recipe.tenth(): Recipe =
    copy(
            steps = tenth(steps),
            schedule = schedule.tenth(),
            evaluation = evaluation.copy(every = tenth(evaluation.every)),
            checkpointEvery = tenth(checkpointEvery),
            decoderInput = decoderInput.tenth(),
            rewards = rewards.tenth(),
        )
        .toldAs(name, origins)

private fun DecoderInput.tenth(): DecoderInput =
    when (this) {
        is DecoderInput.TeacherForcing,
        is DecoderInput.Blanks,
        is DecoderInput.Masked -> this
        is DecoderInput.ScheduledSampling -> copy(share = share.tenth())
    }

/** The share that there is after ten times the steps, or nearly so. */
private fun SampledShare.tenth(): SampledShare =
    when (this) {
        is SampledShare.Constant -> this
        is SampledShare.Linear -> copy(steps = tenth(steps))
        is SampledShare.Exponential -> copy(base = base.pow(PART))
        is SampledShare.InverseSigmoid -> copy(speed = maxOf(1.0, speed / PART))
    }

private fun Rewards.tenth(): Rewards =
    when (this) {
        is Rewards.None -> this
        is Rewards.Reinforce -> copy(after = tenth(after))
        is Rewards.Mixer -> copy(after = tenth(after), every = tenth(every))
        is Rewards.MinimumRisk -> copy(after = tenth(after))
    }

private fun Schedule.tenth(): Schedule =
    when (this) {
        is Constant -> copy(warmup = tenth(warmup))
        is Linear -> copy(warmup = tenth(warmup))
        is Cosine -> copy(warmup = tenth(warmup))
        is InverseSquareRoot -> copy(warmup = tenth(warmup))
    }

private fun Variation.tenth(): Variation =
    when (this) {
        is Variation.Warmup -> Variation.Warmup(steps.map(::tenth).distinct())
        is Variation.Steps -> Variation.Steps(counts.map(::tenth).distinct())
        is Variation.Schedules -> Variation.Schedules(schedules.map { it.tenth() }.distinct())
        is Variation.DecoderInputs -> Variation.DecoderInputs(inputs.map { it.tenth() }.distinct())
        is Variation.Rewarded -> Variation.Rewarded(rewards.map { it.tenth() }.distinct())
        is Variation.LearningRate,
        is Variation.WeightDecay,
        is Variation.Sequences,
        is Variation.Clip,
        is Variation.Optimizers,
        is Variation.Beginnings,
        is Variation.LearnedFrom -> this
    }
