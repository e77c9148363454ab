package io.heddle.specs.language.messages

import io.heddle.dsl.RecipeScope
import io.heddle.dsl.logMel
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.recordings
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.LogMel
import io.heddle.recipe.Recipe
import io.heddle.recipe.SpectrogramScaling
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What a recipe for recordings gets wrong is told before anything is heard. */
class SoundDataMessagesSpec :
    StringSpec({
        fun training(data: Data, describe: RecipeScope.() -> Unit = {}): Recipe = recipe(data, 10, describe)

        fun spoken(features: LogMel = logMel(), seconds: Double = 20.0, length: Int = 256): Data =
            recordings("a.tsv", "b.tsv", features, maximumSeconds = seconds, maximumLength = length)

        "numbers of what is heard are in their ranges" {
            val features = logMel(0, 8_000, window = 0, hop = 0, lowest = -1.0, highest = 4_001.0)
            training(spoken(features, seconds = 0.0, length = 0)) shouldTell
                """
                recipe: maximumSeconds is not a positive number
                  maximumSeconds = 0.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above 0.

                recipe: maximumLength is not positive
                  maximumLength = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: bands is not positive
                  bands = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: hop is not positive
                  hop = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: window is not positive
                  window = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: lowest is out of range
                  lowest = -1.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 0 or more.

                recipe: highest is out of range
                  highest = 4001.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above lowest, and at most half the rate: 4000.0 Hertz. A recording has no higher ones.
                """
            training(spoken(logMel(window = 65_537))) shouldTell
                """
                recipe: window is too long
                  window = 65537   from recipe(..., steps = 10)  Here.kt:_
                  65536 samples are the most. Say fewer.
                """
        }

        "logarithms are scaled by numbers" {
            val scaling = SpectrogramScaling.Fixed(mean = Double.NaN, deviation = 0.0)
            training(spoken(logMel(scaling = scaling))) shouldTell
                """
                recipe: mean is not a number
                  mean = NaN   from recipe(..., steps = 10)  Here.kt:_
                  Say one, as in SpectrogramScaling.Fixed(mean = -8.0, deviation = 4.0).

                recipe: deviation is not a positive number
                  deviation = 0.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above 0.
                """
        }

        "a batch of recordings fits into an array" {
            training(spoken(seconds = 1e6)) { batch(1) } shouldTell
                """
                recipe: batch is too large
                  batch = 1   from batch(1)  Here.kt:_
                  A recording may have 7999999840 numbers, and 2000000000 are the most. Say fewer, or a smaller maximumSeconds.
                """
        }

        "words are written, and nothing is asked for" {
            training(spoken()) {
                wordErrorRate()
                exactMatch()
                batchTokens(4_000)
            } shouldTell ""
            training(spoken()) {
                sample("a", tokens = 5)
                entities()
            } shouldTell
                """
                recipe: sample is not for recordings
                  sample = asked for   from sample("a", tokens = 5)  Here.kt:_
                  It begins with a text, and what learns from recordings begins with a sound. Leave sample() out;
                  heddle generate DIR --sound FILE.wav writes what is said in a recording.

                recipe: entities is not for this data
                  entities = asked for   from entities()  Here.kt:_
                  It is for taggedWords(...), whose tags mark them. Leave entities() out.
                """
        }

        "a model hears frames and writes a text" {
            training(spoken()).check(listener(80)).shouldBeEmpty()
            training(spoken()).check(listener(40)) shouldTell
                """
                sound: the model has other features than the recordings of its recipe
                  features = 40   from frames(features = 40)    Here.kt:_
                  bands = 80      from recipe(..., steps = 10)  Here.kt:_
                  Say frames(features = 80).
                """
            training(spoken()).check(writer) shouldTell
                """
                writer: the model does not fit the data of its recipe
                  frames inputs = 0
                  tokens inputs = 1
                  logits = 1
                  This data needs 1, 1 and 1: frames to hear, and a text to write.
                """
        }

        "learned positions are counted behind the convolutions" {
            // (20 * 16,000 - 400) / 160 + 1 = 1,998 frames, and half as many positions.
            training(spoken()).check(listener(80, positions = 999)).shouldBeEmpty()
            training(spoken()).check(listener(80, positions = 998)) shouldTell
                """
                sound: there are fewer learned positions than the data is long
                  positions = 998          from frames(features = 80)    Here.kt:_
                  longest sequence = 999   from recipe(..., steps = 10)  Here.kt:_
                  Say learnedPositions(999), or make the data shorter.
                """
        }

        "what else a model reads is told" {
            val both =
                model("both", width = 8) {
                    val others by vectors(features = 8)
                    val sound by frames(features = 80) { project() }
                    val text by tokens(vocab = 9)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) { causal() }
                            crossAttention(from = sound)
                            crossAttention(from = others, name = "others")
                        }
                    val next by logits(decoder, vocab = 9)
                }
            training(spoken()).check(both) shouldTell
                """
                others: the model does not fit the data of its recipe
                  This data has nothing for it. Leave it out.
                """
            training(text("a.txt", context = 8)).check(listener(80)) shouldTell
                """
                sound: the model does not fit the data of its recipe
                  This data has nothing for it. Leave it out.
                """
        }
    })

private fun listener(bands: Int, positions: Int = 0): Model =
    model("listener", width = 8) {
        val sound by
            frames(features = bands) {
                convolve(channels = 8, kernel = 3, stride = 2)
                if (positions > 0) learnedPositions(positions)
            }
        val text by tokens(vocab = 9)
        val decoder by
            stack(text, layers = 1) {
                attention(heads = 2) { causal() }
                crossAttention(from = sound)
            }
        val next by logits(decoder, vocab = 9)
    }

private val writer =
    model("writer", width = 8) {
        val text by tokens(vocab = 9)
        val decoder by stack(text, layers = 1) { attention(heads = 2) { causal() } }
        val next by logits(decoder, vocab = 9)
    }
