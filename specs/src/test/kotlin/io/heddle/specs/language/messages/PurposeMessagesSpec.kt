package io.heddle.specs.language.messages

import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.StringSpec

/** A model that cannot do what it is lowered for says why. */
class PurposeMessagesSpec :
    StringSpec({
        fun told(model: Model, purpose: Purpose) =
            told { model.lower(purpose) }.replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_")

        "an attention that looks ahead cannot write" {
            val bert =
                model("bert", width = 8) {
                    val text by tokens(vocab = 5)
                    val encoder by stack(text, layers = 2) { attention(heads = 2) }
                    val masked by logits(encoder, tiedTo = text)
                }
            told(bert, Purpose.Decoding) shouldRead
                """
                encoder/*/attention: a word cannot be written that looks at later ones
                  mask = Everything   from attention(heads = 2)  Here.kt:_
                  Say attention(heads = 2) { causal() }.
                """
        }

        "nothing to write from, or too much" {
            val two =
                model("two", width = 8) {
                    val text by tokens(vocab = 5)
                    val left by logits(text)
                    val right by logits(text)
                }
            told(two, Purpose.Encoding) shouldRead
                """
                two: which logits to write from is not known
                  Generation needs exactly one, and the model has 2.
                """
        }

        "rewards for words that nothing learns" {
            val balanced =
                model("balanced", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) { causal() }
                            addNorm()
                            experts(count = 2)
                            addNorm()
                        }
                    val next by logits(decoder)
                    objective { loadBalance("decoder/*/experts") }
                }
            told(balanced, Purpose.Rewarding) shouldRead
                """
                next: rewards need one objective that learns these words
                  Say crossEntropy(...) of them, once.
                """
        }

        "no tokens to begin with" {
            val sound =
                model("sound", width = 8) {
                    val sound by vectors(features = 8)
                    val next by logits(sound, vocab = 5)
                }
            told(sound, Purpose.Decoding) shouldRead
                """
                sound: what is written has no tokens to begin with
                  Generation needs a tokens input below next.
                """
        }

        "a whole text looked at, to write a word" {
            val whole =
                model("whole", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 2) {
                            attention(heads = 2) {
                                hashed(buckets = 4, rounds = 1, chunk = 4)
                                causal()
                            }
                            addNorm()
                            feedForward { convolve(3) }
                            addNorm()
                        }
                    val next by logits(decoder) { crf(beam = 5) }
                }
            told(whole, Purpose.Decoding) shouldRead
                """
                decoder/*/attention: hashed looks at a whole text at once
                  word = hashed   from attention(heads = 2)  Here.kt:_
                  Generation goes word by word, with what it knows of earlier ones: leave hashed out.

                decoder/*/feedForward: convolve looks at a whole text at once
                  word = convolve   from feedForward()  Here.kt:_
                  Generation goes word by word, with what it knows of earlier ones: leave convolve out.

                next: crf looks at a whole text at once
                  word = crf   from logits(decoder)  Here.kt:_
                  Generation goes word by word, with what it knows of earlier ones: leave crf out.
                """
        }

        "a cross-attention to what is being written" {
            val circle =
                model("circle", width = 8) {
                    val text by tokens(vocab = 5)
                    val first by stack(text, layers = 1) { attention(heads = 2) { causal() } }
                    val second by stack(first, layers = 2) { crossAttention(from = first, heads = 2) }
                    val next by logits(second, tiedTo = text)
                }
            told(circle, Purpose.Decoding) shouldRead
                """
                second/*/crossAttention: it looks at what is not written yet
                  from = first   from crossAttention(from = first, heads = 2)  Here.kt:_
                  Generation needs a sequence over another input than text.
                """
        }

        "nothing to train for" {
            told(
                model("body", width = 8) {
                    val text by tokens(vocab = 5)
                },
                Purpose.Training,
            ) shouldRead
                """
                body: there is nothing to train for
                  Add a head with an objective: val next by logits(decoder).
                """
        }

        "what is wrong with the model itself is told first" {
            told(layer(width = 9) { attention(heads = 2) }, Purpose.Training) shouldRead
                """
                decoder/0/attention: heads do not divide width
                  width = 9   from model("small", width = 9)  Here.kt:_
                  heads = 2   from attention(heads = 2)       Here.kt:_
                  9 is not a multiple of 2. Try width = 8 or 10, or heads = 1.
                """
        }
    })
