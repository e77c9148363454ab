package io.heddle.specs.experiment

import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.model
import io.heddle.recipe.Clipping
import io.heddle.recipe.Sgd
import io.heddle.runtime.experiment.BlockRow
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.specs.train.writeRhyme
import io.heddle.terms.Normal
import io.heddle.terms.PostNorm
import io.heddle.terms.Shared
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.sqrt

/** What is recorded of blocks is what equations say of them. */
class BlockRowsSpec :
    StringSpec({
        val base = tempdir().toPath().also { writeRhyme(it) }
        val recipe = smallRecipe(steps = 6).copy(optimizer = Sgd(0.1), clipping = Clipping.None)
        val result =
            compare(
                experiment("blocks") {
                    variants(smallDecoder(), smallDecoder().edit { layout = PostNorm })
                    recipe(recipe)
                },
                base,
                base.resolve("out"),
            )
        val (pre, post) = result.trials()
        val weighty = { row: BlockRow -> row.gradientNorm() * row.gradientNorm() }

        "every block that has weights is there, norms by themselves" {
            pre.blocks().map { it.path() }.distinct() shouldContainExactlyInAnyOrder
                listOf(
                    "text",
                    "decoder/0/attention",
                    "decoder/0/attention/norm",
                    "decoder/0/feedForward",
                    "decoder/0/feedForward/norm",
                    "decoder/norm",
                )
        }

        "layers that share their weights are blocks together" {
            val twice =
                experiment("shared") {
                    variants(
                        smallDecoder().edit {
                            stack("decoder", layers = 2)
                            weights = Shared
                        }
                    )
                    recipe(recipe.copy(steps = 1))
                }
            val rows = compare(twice, base, base.resolve("shared")).trials().single().blocks()
            rows.map { it.path() } shouldContainExactlyInAnyOrder
                listOf(
                    "text",
                    "decoder/shared/attention",
                    "decoder/shared/attention/norm",
                    "decoder/shared/feedForward",
                    "decoder/shared/feedForward/norm",
                    "decoder/norm",
                )
            rows.filter { it.path() != "text" }.forEach { it.activation().isPresent shouldBe true }
            val norm = rows.single { it.path() == "decoder/shared/attention/norm" && it.step() == 1L }
            norm.activation().asDouble shouldBe (1.0 plusOrMinus 2e-3)
        }

        "the squares of all blocks' gradients are the square of the whole gradient" {
            pre.blocks()
                .groupBy { it.step() }
                .forEach { (step, rows) ->
                    val whole =
                        pre.metrics().single { it.step() == step }.metric("gradientNorm").orElseThrow().asDouble()
                    sqrt(rows.sumOf(weighty)) shouldBe (whole plusOrMinus 1e-5 * whole)
                }
        }

        "descent moves a block by rate * gradient" {
            (pre.blocks() + post.blocks())
                .filter { it.gradientNorm() > 1e-3 && it.weightNorm() > 0 }
                .forEach { row ->
                    val rate = recipe.schedule.rate((row.step() - 1).toInt(), 6, 0.1)
                    val moved = row.updateRatio() * row.weightNorm()
                    moved shouldBe (rate * row.gradientNorm() plusOrMinus 1e-3 * rate * row.gradientNorm() + 1e-7)
                }
        }

        "what a head gives out are its scores, and not what is lost by them" {
            val silent =
                model("silent", width = 8) {
                    initializer = Normal(1e-12)
                    val text by tokens(vocab = 12) { learnedPositions(8) }
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) { causal() }
                            addNorm()
                        }
                    val next by logits(decoder)
                    check(next.name == "next")
                }
            val plan =
                experiment("silent") {
                    variants(silent)
                    recipe(recipe.copy(steps = 1))
                }
            val rows = compare(plan, base, base.resolve("silent")).trials().single().blocks()
            rows.single { it.path() == "next" }.activation().asDouble shouldBeLessThan 1e-9
        }

        "what a norm gives out has a mean square of one before training, but for its epsilon" {
            listOf(pre to "decoder/norm", post to "decoder/0/feedForward/norm").forEach { (trial, path) ->
                val first = trial.blocks().first { it.step() == 1L && it.path() == path }
                first.activation().asDouble shouldBe (1.0 plusOrMinus 2e-3)
            }
        }
    })
