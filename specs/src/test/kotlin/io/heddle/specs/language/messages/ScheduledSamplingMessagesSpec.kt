package io.heddle.specs.language.messages

import io.heddle.dsl.labelledTexts
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.dsl.tabSeparated
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput.ScheduledSampling
import io.heddle.recipe.OwnWord
import io.heddle.recipe.Recipe
import io.heddle.recipe.SampledShare
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What is wrong with a decoder's own words is told before anything is trained. */
class ScheduledSamplingMessagesSpec :
    StringSpec({
        fun training(data: Data, share: SampledShare, passes: Int = 1, choice: OwnWord = OwnWord.Likeliest): Recipe =
            recipe(data, 10) { decoderInput = ScheduledSampling(share, passes, choice) }

        "shares, passes and temperatures are in their ranges" {
            training(reverseTask(), SampledShare.Constant(1.5), passes = 0, OwnWord.Drawn(0.0)) shouldTell
                """
                recipe: passes is not positive
                  passes = 0   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be 1 or more.

                recipe: share is out of range
                  share = 1.5   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be at least 0 and at most 1.

                recipe: temperature is not a positive number
                  temperature = 0.0   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be above 0.
                """
            training(reverseTask(), SampledShare.Linear(0, highest = -0.1)) shouldTell
                """
                recipe: steps is not positive
                  steps = 0   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be 1 or more.

                recipe: share is out of range
                  share = -0.1   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be at least 0 and at most 1.
                """
            training(reverseTask(), SampledShare.Exponential(1.0)) shouldTell
                """
                recipe: base is out of range
                  base = 1.0   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be above 0 and below 1.
                """
            training(reverseTask(), SampledShare.InverseSigmoid(0.5)) shouldTell
                """
                recipe: speed is out of range
                  speed = 0.5   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  It must be at least 1, and finite.
                """
            training(reverseTask(), SampledShare.InverseSigmoid(50.0)).check().shouldBeEmpty()
        }

        "what writes nothing has no words of its own" {
            val labelled = labelledTexts("a", "b", classes = listOf("0", "1"))
            training(labelled, SampledShare.Constant(0.5)) shouldTell
                """
                recipe: scheduled sampling is for models that write
                  decoderInput = scheduledSampling   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  This data has labels in place of words. Leave it out, or train on text or pairs.
                """
        }

        "a memory would remember words that no text has" {
            val remembering: Model =
                model("remembering", width = 8) {
                    val text by tokens(vocab = 9)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) {
                                causal()
                                memory(4)
                            }
                        }
                    val next by logits(decoder, tiedTo = text)
                }
            training(text("a.txt", context = 8), SampledShare.Constant(0.5)).check(remembering) shouldTell
                """
                decoder/0/attention: scheduled sampling would let a memory remember words that no text has
                  memory = 4   from attention(heads = 2)  Here.kt:_
                  Leave it out, or leave out memory(...) of the attention.
                """
        }

        "words that were copied are not read" {
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
            training(pairs(words, words, Tokenization.Words(1)), SampledShare.Constant(0.5)).check(copying) shouldTell
                """
                next: scheduled sampling cannot read words that were copied
                  decoderInput = scheduledSampling   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  A copied word has a number that no table of tokens has. Leave out scheduled sampling, or copyFrom(...).
                """
        }
    })
