package io.heddle.specs.language

import io.heddle.describe.cost
import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.VariationScope
import io.heddle.dsl.experiment
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.experiment.check
import io.heddle.experiment.hasComparableLosses
import io.heddle.experiment.operationsOfStep
import io.heddle.experiment.quick
import io.heddle.experiment.rescaledByOperations
import io.heddle.recipe.AdamW
import io.heddle.recipe.BestBy
import io.heddle.recipe.Constant
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.DecoderInput.ScheduledSampling
import io.heddle.recipe.Metric
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.SampledShare
import io.heddle.specs.language.Experiments.base
import io.heddle.specs.language.Experiments.training
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe

/** Of one recipe, a variant may have something of its own. */
class OwnRecipesSpec :
    StringSpec({
        val forced = recipe(reverseTask(), steps = 1_000) { exactMatch() }
        val sampled = ScheduledSampling(SampledShare.Linear(500))

        "a variant is trained by the recipe, but for what is its own" {
            val compared =
                experiment("own") {
                    variant("truth", Models.transformer)
                    variant("its words", Models.transformer) {
                        decoderInput(sampled)
                        learningRate(5e-4)
                    }
                    recipe(forced)
                    vary { warmup(0, 100) }
                }
            compared.check().shouldBeEmpty()
            val own = forced.copy(decoderInput = sampled, optimizer = AdamW(5e-4))
            compared.configurations.map { it.setting.recipe } shouldBe
                listOf(forced, own).flatMap { recipe -> listOf(0, 100).map { recipe.copy(schedule = Constant(it)) } }
            compared.configurations.map { it.name } shouldBe
                listOf("truth", "its words").flatMap { name -> listOf("$name, warmup 0", "$name, warmup 100") }
            compared.recipeOf(compared.variants[1]) shouldBe own
            compared.recipeOf(compared.variants[1]).origins["decoderInput"].says shouldBe
                "decoderInput(ScheduledSampling)"
        }

        "a quick one takes a tenth of what is counted in steps there, too" {
            val compared =
                experiment("own") {
                    variant("rewarded", Models.transformer) {
                        rewards(Rewards.MinimumRisk(Reward.ChrF, 4, after = 600))
                    }
                    variant("its words", Models.transformer) { decoderInput(sampled) }
                    recipe(forced)
                }
            val quick = compared.quick()
            quick.variants.map { quick.recipeOf(it) }.map { it.rewards.after to it.decoderInput } shouldBe
                listOf(60 to DecoderInput.TeacherForcing, Int.MAX_VALUE to ScheduledSampling(SampledShare.Linear(50)))
        }

        "steps that come to the operations of the first are of what each learns by" {
            val compared =
                experiment("own") {
                    variant("its words", Models.transformer) { decoderInput(sampled.copy(passes = 2)) }
                    variant("truth", Models.transformer)
                    recipe(forced)
                    rescale(operations)
                }
            val trials = compared.rescaledByOperations()
            val spent = trials.map { operationsOfStep(it.configuration).toDouble() * it.recipe.steps }
            trials.first().recipe.steps shouldBe 1_000
            (trials.last().recipe.steps > 1_000) shouldBe true
            spent[1] / spent[0] shouldBe (1.0 plusOrMinus 1e-3)
        }

        "steps before rewards begin cost what they cost, and those after what those do" {
            val compared =
                experiment("own") {
                    variant("truth", Models.transformer)
                    variant("rewarded", Models.transformer) {
                        rewards(Rewards.MinimumRisk(Reward.ChrF, 4, after = 600))
                    }
                    recipe(forced)
                    rescale(operations)
                }
            compared.check().shouldBeEmpty()
            val (first, other) = compared.rescaledByOperations()
            val cost = Models.transformer.cost()
            val sizes = mapOf("batch" to 32L, "source" to 31L, "target" to 31L)
            val (learned, read) = cost.training.evaluate(sizes) to cost.forward.evaluate(sizes)
            val rewarded = 5 * learned + 9 * read // 4 samples and the target, see the equation of minimum risk
            first.recipe.steps shouldBe 1_000
            val left = 400 * learned.toDouble() / rewarded
            other.recipe.steps.toDouble() shouldBe (600 + left plusOrMinus 0.5)
        }

        "losses are compared where they are of the same words of the same data" {
            fun comparable(change: VariationScope.() -> Unit) =
                experiment("losses") {
                        variant("first", Models.transformer)
                        variant("second", Models.transformer, change)
                        recipe(forced)
                    }
                    .hasComparableLosses
            comparable { decoderInput(sampled) } shouldBe true
            comparable { rewards(Rewards.Reinforce(Reward.ChrF)) } shouldBe true
            comparable { decoderInput(DecoderInput.Masked) } shouldBe false
            comparable { decoderInput(DecoderInput.Blanks) } shouldBe false
            comparable { data(reverseTask(symbols = 40)) } shouldBe false
        }

        "variants are judged by the loss, or by a figure that the recipe measures" {
            fun judged(describe: ExperimentScope.() -> Unit) =
                experiment("judged") {
                    variants(base())
                    recipe(training)
                    describe()
                }
            judged {}.judge shouldBe BestBy.Loss
            judged { judge(by = Metric.ExactMatch) }.judge shouldBe BestBy.Measured(Metric.ExactMatch)
            judged { judge(by = BestBy.Accuracy) }.judge shouldBe BestBy.Accuracy
        }
    })
