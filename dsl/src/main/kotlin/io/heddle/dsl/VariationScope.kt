package io.heddle.dsl

import io.heddle.experiment.Variation
import io.heddle.recipe.Optimizer
import io.heddle.recipe.Schedule

/** What may be tried of a recipe: each word with the values that it is tried with. */
@HeddleDsl
public class VariationScope internal constructor(private val says: (path: String, words: String) -> Unit) {
    internal val variations = mutableListOf<Variation>()

    private fun vary(variation: Variation) {
        says("variations.${variation.word}", variation.told.joinToString(prefix = "${variation.word}(", postfix = ")"))
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
}
