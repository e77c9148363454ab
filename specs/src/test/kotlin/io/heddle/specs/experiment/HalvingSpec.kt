package io.heddle.specs.experiment

import io.heddle.check.ProblemsException
import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.recipe.Constant
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.runtime.experiment.Halving
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.specs.train.writeRhyme
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.file.shouldNotExist
import io.kotest.matchers.shouldBe

/** A search ends with one, and judges nothing that was not looked at. */
class HalvingSpec :
    StringSpec({
        fun rates(steps: Int, evaluations: Int, more: ExperimentScope.() -> Unit) =
            experiment("search") {
                variants(smallDecoder())
                val plan = smallRecipe(steps).copy(schedule = Constant())
                recipe(plan.copy(evaluation = plan.evaluation.copy(every = evaluations)))
                more()
            }

        "of any number of rivals one is trained to its end" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val three = rates(steps = 16, evaluations = 4) { vary { learningRate(1e-2, 1e-7, 5e-3) } }
            val result = compare(three, base, base.resolve("three"), search = Halving())
            result.trials().map { it.steps() }.sorted() shouldBe listOf(4L, 8L, 16L)
            val five = rates(steps = 16, evaluations = 2) { vary { learningRate(1e-2, 1e-7, 5e-3, 1e-8, 1e-9) } }
            val ends = compare(five, base, base.resolve("five"), search = Halving()).trials()
            ends.map { it.steps() }.sorted() shouldBe listOf(2L, 2L, 4L, 8L, 16L)
            ends.count { it.end() is TrialEnd.Finished } shouldBe 1
        }

        "nothing is judged by what it was before it had learned" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val late = rates(steps = 16, evaluations = 8) { vary { learningRate(1e-7, 1e-2, 1e-8, 1e-9) } }
            val told = shouldThrow<ProblemsException> { compare(late, base, base.resolve("late"), search = Halving()) }
            told.message shouldBe
                """
                small, learningRate 1.0E-7: the first round of --halving ends before held-out data is looked at
                  steps of the first round = 4
                  held-out data is looked at every = 8 steps
                  Look at it sooner: evaluate(every = 4), or oftener. Or train for more steps.
                """
                    .trimIndent()
            base.resolve("late").toFile().shouldNotExist()
        }

        "nothing is judged before it is rewarded" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val early = rates(steps = 16, evaluations = 4) { vary { learningRate(1e-2, 1e-7) } }
            val risk = Rewards.MinimumRisk(Reward.ChrF, 2, after = 8)
            val alike = early.copy(recipe = early.recipe.copy(rewards = risk))
            Halving().problems(alike.trials).shouldBeEmpty() // Their rates differ from the first step on.
            val late = rates(steps = 16, evaluations = 4) { vary { rewards(Rewards.None, risk) } }
            Halving().problems(late.trials).joinToString("\n") shouldBe
                """
                small, rewards MinimumRisk: the first round of --halving ends before rewards begin
                  steps of the first round = 8
                  rewards begin after = 8 steps
                  Until then it is what it would be without them. Let rewards begin at once (after = 0) with the weights of another run, or leave --halving out.
                """
                    .trimIndent()
            base.resolve("late").toFile().shouldNotExist()
        }

        "where nothing is left off, nothing has to be looked at" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val alone = rates(steps = 4, evaluations = 8) {}
            compare(alone, base, base.resolve("alone"), search = Halving()).trials().map { it.steps() } shouldBe
                listOf(4L)
            val named = alone.copy(variants = alone.variants.map { it.copy(model = it.model.edit { name = "other" }) })
            compare(named, base, base.resolve("alone"), search = Halving()).trials().size shouldBe 1
        }
    })
