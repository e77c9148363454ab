package io.heddle.specs.describe

import io.heddle.describe.Cache
import io.heddle.describe.Cost
import io.heddle.describe.cost
import io.heddle.describe.summary
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.language.Models
import io.heddle.terms.EluPlusOne
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** What a model costs, counted here by hand. */
class CostSpec :
    StringSpec({
        val sizes = mapOf("batch" to 3L, "text" to 7L)
        val tokens = 3L * 7

        fun Dim.at() = count(sizes).toLong()

        "a forward pass of a small model, by the formulas of the paper" {
            val maps = 4L * 2 * 8 * 8 // queries, keys, values, output
            val pairs = 2L * 7 * 8 * 2 // scores, and shares of values, over 7 keys
            val feedForward = 2L * 2 * 8 * 16
            val scores = 2L * 8 * 5
            Models.tiny().cost().forward.at() shouldBe tokens * (maps + pairs + feedForward + scores)
        }

        "back again, a product costs itself twice and an attention two and a half times" {
            val products = 4L * 2 * 8 * 8 + 2L * 2 * 8 * 16 + 2L * 8 * 5
            val product = 2L * 7 * 8 // one of every query with every key
            Models.tiny().cost().training.at() shouldBe tokens * (3 * products + (2 + 5) * product)
        }

        "the engine's gradients cost what is foretold" {
            listOf(
                    Models.tiny(layers = 2),
                    Models.transformer,
                    Models.tiny().edit { freeze("decoder/0/attention") },
                    Models.tiny().edit { attention("**") { kernel = EluPlusOne } },
                )
                .forEach { model ->
                    val training = model.lower(Purpose.Training)
                    Cost.trainingOperations(training) shouldBe
                        Cost.operations(Gradients.differentiate(training, "loss"))
                }
        }

        "a frozen weight has no gradient to compute" {
            val frozen = Models.tiny().edit { freeze("**") }.cost()
            frozen.trained.toLong() shouldBe 0
            frozen.fixed shouldBe Models.tiny().cost().trained
            frozen.training shouldBe frozen.forward
            frozen.activations shouldBe Dim.of(0)
        }

        "what a linear attention costs grows with the length, not with its square" {
            val linear = Models.tiny().edit { attention("**") { kernel = EluPlusOne } }
            val maps = 4L * 2 * 8 * 8
            val sums = 2L * 4 * 4 * (4 + 1) // two heads of 4: a sum of 4 x 5 that is added to, and read
            linear.cost().forward.at() shouldBe tokens * (maps + sums + 2L * 2 * 8 * 16 + 2L * 8 * 5)
        }

        "what is kept between the passes, value by value" {
            val numbers =
                8L + // what the layer reads
                    8 * 3 + // queries, keys, values
                    8 +
                    2 + // what attention makes, and a logarithm for each of two heads
                    8 +
                    2 + // the first residual, its mean and deviation
                    8 + // what the feed-forward reads
                    16 * 2 + // before and after its activation
                    8 +
                    2 + // the second residual, its mean and deviation
                    8 + // what the scores read
                    5 +
                    1 // the scores, and a logarithm for each position
            Models.tiny().cost().activations.at() shouldBe 4 * tokens * numbers
        }

        "keys and values of every layer are kept of a token that is written" {
            Models.gpt.cost().cache shouldBe
                Cache.PerToken(Dim.of(4L * 2 * 4 * 128), Dims.batch * Dims.sequence("text") * (4L * 2 * 4 * 128))
            Models.tiny().edit { remove("next") }.cost().cache shouldBe
                Cache.None("which logits to write from is not known")
        }

        "counts may be larger than any number of a machine" {
            val large = mapOf("batch" to 9_000_000_000_000L, "text" to 9_000_000_000L)
            val endless = Models.gpt.edit { input("text") { sinusoidal() } }
            endless.summary(large) shouldContain
                "operations forward     " + "%,d".format(java.util.Locale.ROOT, endless.cost().forward.count(large))
        }

        "weights that no machine holds are counted" {
            model("vast", width = 16_777_216) {
                    val text by tokens(vocab = 16_777_216)
                    val decoder by
                        stack(text, layers = 4) {
                            feedForward(hidden = 16_777_216) { convolve(16_777_215) }
                            addNorm()
                        }
                    val next by logits(decoder)
                }
                .summary() shouldContain "parameters             18,889,466,494,428,802,711,552"
        }
    })
