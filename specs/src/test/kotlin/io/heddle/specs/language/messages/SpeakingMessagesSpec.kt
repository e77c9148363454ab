package io.heddle.specs.language.messages

import io.heddle.check.ProblemsException
import io.heddle.dsl.ObjectiveScope
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.logMel
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.recordings
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Recipe
import io.heddle.recipe.SampledShare
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What keeps a model from learning to speak is told before anything is heard. */
class SpeakingMessagesSpec :
    StringSpec({
        fun training(data: Data = taught(), describe: RecipeScope.() -> Unit = {}): Recipe = recipe(data, 10, describe)

        "a model reads a text, and says frames after those before" {
            training().check(speaking()).shouldBeEmpty()
            training().check(speaking(bands = 40)) shouldTell
                """
                before: the model says other frames than the recordings of its recipe have
                  features = 40   from spoken(features = 40, reduction = 2)  Here.kt:_
                  bands = 80      from recipe(..., steps = 10)               Here.kt:_
                  Say spoken(features = 80).
                """
            val twice =
                model("twice", width = 8) {
                    val before by spoken(features = 80) { project() }
                    val sound by speech(before)
                    val again by speech(before)
                }
            training().check(twice) shouldTell
                """
                twice: the model does not fit the data of its recipe
                  tokens inputs = 0
                  spoken inputs = 1
                  speech = 2
                  To speak, this data needs 1, 1 and 1: a text to read, the frames said before, and those to say.
                """
        }

        "learned positions are those of all frames, so many at once" {
            // (20 * 16,000 - 400) / 160 + 1 = 1,998 frames, two at each position.
            training().check(speaking(positions = 999)).shouldBeEmpty()
            training().check(speaking(positions = 998)) shouldTell
                """
                before: there are fewer learned positions than the data is long
                  positions = 998          from spoken(features = 80, reduction = 2)  Here.kt:_
                  longest sequence = 999   from recipe(..., steps = 10)               Here.kt:_
                  Say learnedPositions(999), or make the data shorter.
                """
        }

        "it learns frames and their end, from true ones, and writes nothing" {
            training().check(speaking { frameError("sound") }) shouldTell
                """
                speaking: the model has other objectives than speech has
                  objectives = frameError
                  Say objective { frameError("sound"); stopCrossEntropy("sound") }; guidedAttention(...) may be added.
                """
            val all = speaking {
                frameError("sound")
                stopCrossEntropy("sound", positive = 8.0)
                guidedAttention("decoder/*/crossAttention")
            }
            training().check(all).shouldBeEmpty()
            training {
                    exactMatch()
                    decoderInput = DecoderInput.ScheduledSampling(SampledShare.Constant(0.5))
                }
                .check(speaking()) shouldTell
                """
                speaking: a model that speaks learns from true frames
                  decoderInput = scheduledSampling   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  Frames are no words that could be drawn: leave scheduledSampling(...) out.

                speaking: metrics compare what is written, and this model speaks
                  metrics = 1   from exactMatch()  Here.kt:_
                  Leave them out; heddle evaluate DIR --data LIST tells how well it speaks.
                """
        }

        "a model that writes, too, is not asked to generate" {
            val both =
                model("both", width = 8) {
                    val text by tokens(vocab = 9)
                    val before by spoken(features = 80) { project() }
                    val sound by speech(before)
                    val next by logits(text)
                }
            shouldThrow<ProblemsException> { both.lower(Purpose.Decoding) }.problems shouldTell
                """
                sound: whether to write or to speak is not known
                  Generation needs one logits or one speech, and the model has 1 logits, too. Leave one of them out.
                """
        }
    })

private fun taught(): Data = recordings("a.tsv", "b.tsv", logMel())

private fun speaking(bands: Int = 80, positions: Int = 0, learn: ObjectiveScope.() -> Unit = {}): Model =
    model("speaking", width = 8) {
        val text by tokens(vocab = 9)
        val before by
            spoken(features = bands, reduction = 2) {
                project()
                if (positions > 0) learnedPositions(positions)
            }
        val decoder by
            stack(before, layers = 1) {
                attention(heads = 2) { causal() }
                crossAttention(from = text)
            }
        val sound by speech(decoder)
        objective(learn)
    }
