package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.text
import io.heddle.experiment.Experiment
import io.heddle.model.Model
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sgd
import io.heddle.recipe.StartingWeights
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm

/** Experiments on a small model of text. */
internal object Experiments {
    /** Layers with post-norm, over text of five tokens. */
    fun base(width: Int = 8, layers: Int = 2): Model =
        model("base", width) {
            val text by tokens(vocab = 5) { learnedPositions(16) }
            val decoder by
                stack(text, layers) {
                    attention(heads = 2) { causal() }
                    addNorm()
                    feedForward(2 * width)
                    addNorm()
                }
            val next by logits(decoder)
        }

    val preNorm: Model = base().edit { layout = PreNorm }

    val training: Recipe = recipe(text("letters.txt", context = 16), steps = 1_000) { optimizer = AdamW(1e-3) }

    /** Every word of an experiment, and every word that may vary. */
    val everyWord: Experiment =
        experiment("every word") {
            variants(
                base(),
                preNorm,
                base().edit {
                    layout = PreNorm
                    norm = RmsNorm()
                },
            )
            variant("deeper", base(layers = 3))
            variant("with its own recipe", base(layers = 3)) {
                decoderInput(DecoderInput.Blanks)
                rewards(Rewards.None)
                startingWeights(StartingWeights.Of("runs/first"))
                data(text("words.txt", context = 16))
            }
            recipe(training)
            vary {
                optimizer(AdamW(1e-3), Adam(2e-3), Sgd(0.1))
                schedule(Constant(), Linear(), Cosine(), InverseSquareRoot(8))
                learningRate(1e-3, 2e-3)
                weightDecay(0.0)
                warmup(10, 500)
                batch(8, 16)
                clip(0.5, 1.0)
                steps(500, 1_000)
            }
            seeds(1, 2, 3)
            rescale(operations)
            diverged(above = 12.0)
            judge(by = Metric.ExactMatch)
        }
}
