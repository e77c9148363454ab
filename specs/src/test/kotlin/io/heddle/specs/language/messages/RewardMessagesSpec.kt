package io.heddle.specs.language.messages

import io.heddle.dsl.labelledTexts
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.dsl.tabSeparated
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.Baseline
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput.ScheduledSampling
import io.heddle.recipe.Recipe
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.SampledShare
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.collections.shouldBeEmpty

/** What is wrong with rewards is told before anything is trained. */
class RewardMessagesSpec :
    StringSpec({
        fun training(data: Data, given: Rewards): Recipe = recipe(data, 10) { rewards = given }

        "numbers of rewards are in their ranges" {
            training(reverseTask(), Rewards.Reinforce(Reward.ChrF, samples = 0, after = -1)) shouldTell
                """
                recipe: after is negative
                  after = -1   from rewards = Reinforce(...)  Here.kt:_
                  It must be 0 or more.

                recipe: samples is not positive
                  samples = 0   from rewards = Reinforce(...)  Here.kt:_
                  It must be 1 or more.
                """
            training(reverseTask(), Rewards.Mixer(Reward.ChrF, words = 0, fewer = 0, every = 0)) shouldTell
                """
                recipe: words is not positive
                  words = 0   from rewards = Mixer(...)  Here.kt:_
                  It must be 1 or more.

                recipe: fewer is not positive
                  fewer = 0   from rewards = Mixer(...)  Here.kt:_
                  It must be 1 or more.

                recipe: every is not positive
                  every = 0   from rewards = Mixer(...)  Here.kt:_
                  It must be 1 or more.
                """
            training(reverseTask(), Rewards.Reinforce(Reward.ChrF, Baseline.Learned(1.5))) shouldTell
                """
                recipe: rate is out of range
                  rate = 1.5   from rewards = Reinforce(...)  Here.kt:_
                  It must be above 0 and at most 1.
                """
            training(reverseTask(), Rewards.MinimumRisk(Reward.ChrF, samples = 0, sharpness = 0.0)) shouldTell
                """
                recipe: samples is not positive
                  samples = 0   from rewards = MinimumRisk(...)  Here.kt:_
                  It must be 1 or more.

                recipe: sharpness is not a positive number
                  sharpness = 0.0   from rewards = MinimumRisk(...)  Here.kt:_
                  It must be above 0.
                """
            listOf(
                    Rewards.Reinforce(Reward.Bleu(), Baseline.MeanOfOthers, samples = 2),
                    Rewards.Mixer(Reward.ExactMatch, words = 25, fewer = 2, every = 1),
                    Rewards.MinimumRisk(Reward.Function("mine"), samples = 20),
                )
                .forAll { training(reverseTask(), it).check().shouldBeEmpty() }
        }

        "rewards begin before the training ends" {
            training(reverseTask(), Rewards.MinimumRisk(Reward.ChrF, samples = 4, after = 10)) shouldTell
                """
                recipe: rewards begin when the training has ended
                  after = 10   from rewards = MinimumRisk(...)  Here.kt:_
                  It has 10 steps. Say a smaller after, or more steps.
                """
        }

        "one sample has none beside it, and MIXER draws one" {
            listOf(
                    Rewards.Reinforce(Reward.ChrF, Baseline.MeanOfOthers) to "Reinforce",
                    Rewards.Mixer(Reward.ChrF, 9, 1, 1, Baseline.MeanOfOthers) to "Mixer",
                )
                .forAll { (rewards, word) ->
                    training(reverseTask(), rewards) shouldTell
                        """
                        recipe: one sample has no others
                          baseline = meanOfOthers   from rewards = $word(...)  Here.kt:_
                          Say samples = 2 or more, or another baseline.
                        """
                }
        }

        "a function has a name" {
            training(reverseTask(), Rewards.Reinforce(Reward.Function(" ") { _, _ -> 1.0 })) shouldTell
                """
                recipe: a reward has no name
                  name = " "   from rewards = Reinforce(...)  Here.kt:_
                  Give it one: it is stored and compared by it.
                """
        }

        "what is compared with nothing is not rewarded" {
            listOf(text("a.txt", context = 8), labelledTexts("a", "b", classes = listOf("0", "1"))).forAll { data ->
                training(data, Rewards.Reinforce(Reward.ChrF)) shouldTell
                    """
                    recipe: rewards are for what is written for a source
                      rewards = reinforce   from rewards = Reinforce(...)  Here.kt:_
                      They compare it with a target. Leave them out, or train on pairs.
                    """
            }
        }

        "what is rewarded is the model's own already" {
            recipe(reverseTask(), 10) {
                decoderInput = ScheduledSampling(SampledShare.Constant(0.5))
                rewards = Rewards.Mixer(Reward.ChrF, 9, 1, 1)
            } shouldTell
                """
                recipe: rewards and decoderInput do not go together
                  rewards = mixer   from rewards = Mixer(...)  Here.kt:_
                  What is rewarded is drawn by the model, word after word. Leave out one of them.
                """
        }

        "words that were copied are not rewarded" {
            val words = tabSeparated("a.tsv")
            val copying: Model =
                model("copying", width = 8) {
                    val source by tokens(vocab = 9)
                    val target by tokens(vocab = 9)
                    val encoder by stack(source, layers = 1) { attention(heads = 2) }
                    val decoder by
                        stack(target, layers = 1) {
                            attention(heads = 2) { causal() }
                            crossAttention(from = encoder)
                        }
                    val next by logits(decoder, vocab = 9) { copyFrom(source, through = "decoder/0/crossAttention") }
                }
            val given = Rewards.MinimumRisk(Reward.ChrF, samples = 3)
            training(pairs(words, words, Tokenization.Words(1)), given).check(copying) shouldTell
                """
                next: rewards cannot be given to words that are copied
                  rewards = minimumRisk   from rewards = MinimumRisk(...)  Here.kt:_
                  A copied word has a number that no table of tokens has. Leave out rewards, or copyFrom(...).
                """
        }
    })
