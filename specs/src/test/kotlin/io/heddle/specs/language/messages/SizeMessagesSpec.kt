package io.heddle.specs.language.messages

import io.heddle.dsl.model
import io.heddle.model.Stack
import io.heddle.specs.language.shouldTell
import io.heddle.terms.BatchNorm
import io.heddle.terms.LayerNorm
import io.heddle.terms.Normal
import io.heddle.terms.RmsNorm
import io.kotest.core.spec.style.StringSpec

/** Whatever a number counts, its range is told in the same words. */
class SizeMessagesSpec :
    StringSpec({
        "several mistakes are told at once, in the order of the model" {
            model("many", width = 8) {
                val text by
                    tokens(vocab = -3) {
                        dropout = 1.0
                        learnedPositions(0)
                    }
                val decoder by
                    stack(text, layers = 2) {
                        attention(heads = 0)
                        addNorm(LayerNorm(epsilon = 0.0))
                        feedForward(hidden = -8) {
                            dropout = -0.1
                            initializer = Normal(0.0)
                        }
                        addNorm()
                        addNorm()
                    }
                val next by logits(decoder)
                objective { crossEntropy(next, labelSmoothing = 1.5) }
            } shouldTell
                """
                text: dropout is not a rate
                  dropout = 1.0   from tokens(vocab = -3)  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                text: vocab is not positive
                  vocab = -3   from tokens(vocab = -3)  Here.kt:_
                  Say 1 or more.

                text: positions is not positive
                  positions = 0   from tokens(vocab = -3)  Here.kt:_
                  Say 1 or more.

                decoder/*/attention: heads is not positive
                  heads = 0   from attention(heads = 0)  Here.kt:_
                  Say 1 or more.

                decoder/*/attention/norm: epsilon is not a positive number
                  epsilon = 0.0   from addNorm()  Here.kt:_
                  Say a number above 0.

                decoder/*/feedForward: hidden is not positive
                  hidden = -8   from feedForward(hidden = -8)  Here.kt:_
                  Say 1 or more.

                decoder/*/feedForward: dropout is not a rate
                  dropout = -0.1   from feedForward(hidden = -8)  Here.kt:_
                  A rate is at least 0 and below 1, as in 0.1.

                decoder/*/feedForward: deviation is not a positive number
                  deviation = 0.0   from feedForward(hidden = -8)  Here.kt:_
                  Say a number above 0.

                decoder/*/feedForward/norm: there is nothing to close
                  addNorm = nothing before it   from addNorm()  Here.kt:_
                  Leave it out: the residual around feedForward is closed already.

                objective: labelSmoothing is not a rate
                  labelSmoothing = 1.5
                  A rate is at least 0 and below 1, as in 0.1.
                """
        }

        "a width that is not positive is told once, and what follows from it is not" {
            model("negative", width = -8) {
                val text by tokens(vocab = 5) { sinusoidal() }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = text)
            } shouldTell
                """
                negative: width is not positive
                  width = -8   from model("negative", width = -8)  Here.kt:_
                  Say 1 or more.
                """
        }

        "sizes are such as a machine holds" {
            model("giant", width = 8) {
                val text by tokens(vocab = Int.MAX_VALUE) { segments(Int.MAX_VALUE) }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 2) { memory(Int.MAX_VALUE) }
                        addNorm()
                    }
            } shouldTell
                """
                text: vocab is too large
                  vocab = 2147483647   from tokens(vocab = 2147483647)  Here.kt:_
                  At most 16777216 will do.

                text: segments is too large
                  segments = 2147483647   from tokens(vocab = 2147483647)  Here.kt:_
                  At most 16777216 will do.

                decoder/0/attention: memory is too large
                  memory = 2147483647   from attention(heads = 2)  Here.kt:_
                  At most 16777216 will do.
                """
        }

        "a share is some, and at most all" {
            layer {
                attention(heads = 2) { rotary(share = 1.5) }
                addNorm(BatchNorm(momentum = 0.0))
            } shouldTell
                """
                decoder/0/attention: share is not a share
                  share = 1.5   from attention(heads = 2)  Here.kt:_
                  Say more than 0 and at most 1.

                decoder/0/attention/norm: momentum is not a share
                  momentum = 0.0   from addNorm()  Here.kt:_
                  Say more than 0 and at most 1.
                """
        }

        "a number is one" {
            layer {
                attention(heads = 2) {
                    scale = 0.0
                    rotary(base = -1.0)
                }
                addNorm(RmsNorm(epsilon = Double.NaN))
            } shouldTell
                """
                decoder/0/attention: scale is not a positive number
                  scale = 0.0   from attention(heads = 2)  Here.kt:_
                  Say a number above 0.

                decoder/0/attention: base is not a positive number
                  base = -1.0   from attention(heads = 2)  Here.kt:_
                  Say a number above 0.

                decoder/0/attention/norm: epsilon is not a positive number
                  epsilon = NaN   from addNorm()  Here.kt:_
                  Say a number above 0.
                """
        }

        "an even width has sines and cosines" {
            model("odd", width = 9) {
                val text by tokens(vocab = 5) { sinusoidal() }
                val decoder by
                    stack(text, layers = 1) {
                        attention(heads = 3) { relativeSinusoidal() }
                        addNorm()
                    }
            } shouldTell
                """
                text: sines and cosines need an even width
                  width = 9   from model("odd", width = 9)  Here.kt:_
                  Try width = 10.

                decoder/0/attention: sines and cosines need an even width
                  width = 9   from model("odd", width = 9)  Here.kt:_
                  Try width = 10.
                """
        }

        "a width of four parts has sines and cosines of rows and columns" {
            model("six", width = 6) {
                val picture by
                    image(channels = 3, size = 8) {
                        patches(4)
                        sinusoidal2d()
                    }
            } shouldTell
                """
                picture: sines and cosines of rows and columns need a width of four parts
                  width = 6   from model("six", width = 6)  Here.kt:_
                  Try width = 8.
                """
        }

        "what a component reads has its width" {
            layer { feedForward() }.changed { if (it is Stack) it.copy(width = 30) else it } shouldTell
                """
                decoder: its input has another width
                  width of decoder = 30
                  width of text = 8
                  Give both the same width.
                """
        }
    })
