package io.heddle.dsl

import io.heddle.experiment.Variation
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Optimizer
import io.heddle.recipe.Rewards
import io.heddle.recipe.Schedule
import io.heddle.recipe.StartingWeights

/** What may be tried of a recipe: each word with the values that it is tried with; of a variant, with its own one. */
@HeddleDsl
public class VariationScope
internal constructor(private val place: String, private val says: (path: String, words: String) -> Unit) {
    internal val variations = mutableListOf<Variation>()

    private fun vary(variation: Variation) {
        says("$place.${variation.word}", variation.told.joinToString(prefix = "${variation.word}(", postfix = ")"))
        variations += variation
    }

    /** Steps until the highest learning rate. */
    public fun warmup(vararg steps: Int): Unit = vary(Variation.Warmup(steps.toList()))

    /** Highest learning rates. */
    public fun learningRate(vararg rates: Double): Unit = vary(Variation.LearningRate(rates.toList()))

    /** Decays of AdamW. */
    public fun weightDecay(vararg decays: Double): Unit = vary(Variation.WeightDecay(decays.toList()))

    /** Sequences, or pairs of them, in each pass. */
    public fun batch(vararg sequences: Int): Unit = vary(Variation.Sequences(sequences.toList()))

    /** Longest gradients. */
    public fun clip(vararg norms: Double): Unit = vary(Variation.Clip(norms.toList()))

    /** How many steps are taken. */
    public fun steps(vararg counts: Int): Unit = vary(Variation.Steps(counts.toList()))

    /** Optimizers, each with its learning rate. */
    public fun optimizer(vararg optimizers: Optimizer): Unit = vary(Variation.Optimizers(optimizers.toList()))

    /** Schedules of the learning rate. */
    public fun schedule(vararg schedules: Schedule): Unit = vary(Variation.Schedules(schedules.toList()))

    /** What decoders read while they learn. */
    public fun decoderInput(vararg inputs: DecoderInput): Unit = vary(Variation.DecoderInputs(inputs.toList()))

    /** What models learn from what they write themselves. */
    public fun rewards(vararg rewards: Rewards): Unit = vary(Variation.Rewarded(rewards.toList()))

    /** Weights that the first step begins with. */
    public fun startingWeights(vararg weights: StartingWeights): Unit = vary(Variation.Beginnings(weights.toList()))

    /** What is learned from. */
    public fun data(vararg data: Data): Unit = vary(Variation.LearnedFrom(data.toList()))
}
