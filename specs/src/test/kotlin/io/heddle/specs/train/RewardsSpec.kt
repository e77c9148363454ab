package io.heddle.specs.train

import io.heddle.check.ProblemsException
import io.heddle.dsl.edit
import io.heddle.json.RecipeJson
import io.heddle.recipe.AdamW
import io.heddle.recipe.Baseline
import io.heddle.recipe.BleuTokenization
import io.heddle.recipe.Recipe
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.train.GivenRewards
import io.heddle.specs.language.shouldRead
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.inspectors.forAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.maps.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlin.math.exp
import kotlin.math.pow

/** What is rewarded is what was said, and a training with rewards goes on as if it had never ended. */
class RewardsSpec :
    StringSpec({
        "BLEU of a sentence has one added to the n-grams of two words and more" {
            val bleu = GivenRewards.of(Reward.Bleu(BleuTokenization.None))
            // 3 of 4 words, 1 of 3 pairs, none of 2 and of 1 longer ones; as long as its target
            val precisions = (3.0 / 4) * (2.0 / 4) * (1.0 / 3) * (1.0 / 2)
            bleu.of("a b x c", "a b c d") shouldBe precisions.pow(0.25).plusOrMinus(1e-12)
            // every n-gram there is, but a word too short
            bleu.of("a b c", "a b c d") shouldBe exp(1 - 4.0 / 3).plusOrMinus(1e-12)
            listOf("a b c d" to "a b c d", "a" to "a").forAll { (written, target) ->
                bleu.of(written, target) shouldBe 1.0.plusOrMinus(1e-12)
            }
            listOf("", "x y").forAll { bleu.of(it, "a b c d") shouldBe 0.0 }
        }

        "the other rewards are those of their measures, from 0 to 1" {
            val exact = GivenRewards.of(Reward.ExactMatch)
            listOf("3 4" to 1.0, "3  4 " to 1.0, "4 3" to 0.0, "" to 0.0).forAll { (written, reward) ->
                exact.of(written, "3 4") shouldBe reward
            }
            val characters = GivenRewards.of(Reward.ChrF)
            characters.of("ab", "ab") shouldBe 1.0.plusOrMinus(1e-12)
            // one letter of one, one of two: P = 1, R = 1/2; no pairs on a side
            characters.of("a", "ab") shouldBe (5 * 0.5 / (4 + 0.5)).plusOrMinus(1e-12)
            val length = Reward.Function("length") { written, _ -> written.length.toDouble() }
            GivenRewards.of(length).of("abc", "") shouldBe 3.0
        }

        "a function is known by its name, and a stored recipe has no more of it" {
            val short = reverseRecipe(3).copy(rewards = reinforced(Reward.Function("short") { _, _ -> 1.0 }))
            val read = RecipeJson.read(RecipeJson.write(short), "short.json")
            read shouldBe short
            val problems =
                shouldThrow<ProblemsException> { train(smallReverser(), read, tempdir().toPath(), tempdir().toPath()) }
            problems.problems.single().render() shouldRead
                """
                recipe: the function that rewards is not here
                  name = short
                  A recipe that was stored holds its name alone. Train from the script that says it.
                """
        }

        "a reward that is no number ends a training" {
            val odd = Reward.Function("odd") { written, target -> if (written == target) 1.0 else Double.NaN }
            val problems = shouldThrow<ProblemsException> { GivenRewards.of(odd).of("4 3", "3 4") }
            problems.problems.single().render() shouldRead
                """
                recipe: a reward is not a finite number
                  odd = NaN
                  written = "4 3"
                  target = "3 4"
                  Let the function give a number for every text, the empty one included.
                """
        }

        "a function that throws ends a training, and it is told which and of what" {
            fun told(reward: (String, String) -> Double) =
                shouldThrow<ProblemsException> { GivenRewards.of(Reward.Function("third", reward)).of("4 3", "3 4") }
                    .problems
                    .single()
                    .render()
            told { written, _ -> written.split(" ")[1].drop(1).toDouble() } shouldRead
                """
                recipe: the function that rewards has failed
                  third = java.lang.NumberFormatException: empty String
                  written = "4 3"
                  target = "3 4"
                  Let the function give a number for every text, the empty one included.
                """
            told { _, _ -> TODO("later") }.lines()[1] shouldBe
                "  third = kotlin.NotImplementedError: An operation is not implemented: later"
        }

        "before rewards begin, and where MIXER has every word given, a training is that of cross entropy" {
            fun before(rewards: Rewards) =
                losses(trained(reverseRecipe(5).copy(rewards = rewards))).filterKeys { it < 5 }
            val forced = before(Rewards.None)
            listOf(
                    Rewards.Reinforce(Reward.ChrF, after = 4),
                    Rewards.Mixer(Reward.ChrF, words = 20, fewer = 1, every = 8),
                )
                .forAll { before(it) shouldContainExactly forced }
        }

        "MIXER learns fewer words by cross entropy as it goes on" {
            val mixer = Rewards.Mixer(Reward.ChrF, words = 7, fewer = 3, every = 10, after = 5)
            listOf(4L, 5, 14, 15, 24, 25, 1_000).map { mixer.words(it) } shouldContainExactly
                listOf(Int.MAX_VALUE, 4, 4, 1, 1, 0, 0)
        }

        "a training that goes on draws what it would have drawn" {
            val forced = losses(trained(reverseRecipe(6)))
            listOf(
                    Rewards.Mixer(Reward.ChrF, words = 4, fewer = 1, every = 2, Baseline.Learned()),
                    Rewards.MinimumRisk(Reward.ChrF, samples = 2, after = 2),
                )
                .forAll { rewards ->
                    val recipe = reverseRecipe(6).copy(rewards = rewards)
                    val whole = trained(recipe)
                    val halves = tempdir().toPath()
                    trained(recipe.copy(steps = 3), halves)
                    trained(recipe, halves)
                    losses(halves).filterKeys { it != 3L } shouldContainExactly losses(whole).filterKeys { it != 3L }
                    losses(whole) shouldNotBe forced
                }
        }

        "gradients of what was written are those of the model that wrote it, which has no dropout" {
            fun gradientNorm(rate: Double) =
                trained(reverseRecipe(1).copy(rewards = reinforced(Reward.ChrF)), rate = rate).let { run ->
                    MetricsLog.read(run).last().metric("gradientNorm").get().text()
                }
            gradientNorm(0.5) shouldBe gradientNorm(0.0)
        }

        "what is rewarded becomes more" {
            val small =
                Reward.Function("share of small numbers") { written, _ ->
                    val words = written.split(' ').filter { it.isNotEmpty() }
                    words.count { (it.toIntOrNull() ?: 9) < 4 } / maxOf(1.0, words.size.toDouble())
                }
            val recipe = reverseRecipe(60).copy(rewards = reinforced(small), optimizer = AdamW(1e-2))
            val rewards = MetricsLog.read(trained(recipe)).drop(1).map { -it.metric("loss").get().text().toDouble() }
            (rewards.takeLast(10).average() > rewards.take(10).average() + 0.2) shouldBe true
        }
    })

private fun reinforced(reward: Reward) = Rewards.Reinforce(reward, Baseline.SelfCritical)

private fun StringSpec.trained(
    recipe: Recipe,
    run: java.nio.file.Path = tempdir().toPath(),
    rate: Double = 0.0,
): java.nio.file.Path {
    train(smallReverser().edit { dropout = rate }, recipe, tempdir().toPath(), run, engine = Engine.cpu(1))
    return run
}
