package io.heddle.specs.experiment

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.text
import io.heddle.experiment.Divergence
import io.heddle.experiment.Experiment
import io.heddle.experiment.Parity
import io.heddle.experiment.Variant
import io.heddle.experiment.Variation
import io.heddle.recipe.BestBy
import io.heddle.terms.PreNorm

/** Two variants with two settings from two seeds: eight trials, which nobody trains here. */
internal object SmallExperiment {
    private val base =
        model("base", width = 8) {
            val text by tokens(vocab = 5) { learnedPositions(8) }
            val decoder by
                stack(text, layers = 1) {
                    attention(heads = 2) { causal() }
                    addNorm()
                }
            val next by logits(decoder)
        }

    val experiment: Experiment =
        Experiment(
            name = "norms",
            variants = listOf(Variant("post-norm", base), Variant("pre-norm", base.edit { layout = PreNorm })),
            recipe = recipe(text("input.txt", context = 8), steps = 20) {},
            variations = listOf(Variation.Warmup(listOf(0, 5))),
            seeds = listOf(1, 2),
            parity = Parity.None,
            divergence = Divergence.NotANumber,
            judge = BestBy.Loss,
        )

    /** What the trials of [experiment] are called, in their order. */
    fun keys(experiment: Experiment): List<String> = experiment.trials.map { "${it.configuration.name}, ${it.seed}" }
}
