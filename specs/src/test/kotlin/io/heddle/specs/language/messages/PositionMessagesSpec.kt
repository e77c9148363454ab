package io.heddle.specs.language.messages

import io.heddle.dsl.model
import io.heddle.model.ImageInput
import io.heddle.model.LearnedInput
import io.heddle.model.Position
import io.heddle.model.TokenInput
import io.heddle.specs.language.shouldTell
import io.heddle.terms.PositionTarget
import io.heddle.terms.RotaryScaling
import io.kotest.core.spec.style.StringSpec

class PositionMessagesSpec :
    StringSpec({
        "a head has pairs to turn" {
            layer(width = 9) { attention(heads = 3) { rotary() } } shouldTell
                """
            decoder/0/attention: rotary positions turn pairs, and a head has an odd width
              headWidth = 3
              heads = 3       from attention(heads = 3)  Here.kt:_
              Choose heads so that width / heads is even, or say attention(heads = 3, headWidth = 4).
            """
        }

        "so has the share of a head that is turned" {
            layer { attention(heads = 2, headWidth = 6) { rotary(share = 0.5) } } shouldTell
                """
                decoder/0/attention: rotary positions turn pairs, and a share of a head is odd
                  headWidth = 6
                  share = 0.5     from attention(heads = 2, headWidth = 6)  Here.kt:_
                  It is 3 of 6 numbers. Choose share or heads so that it is even.
                """
        }

        "frequencies are scaled between a low one and a high one" {
            layer {
                attention(heads = 2) { rotary(scaling = RotaryScaling.ByFrequency(8.0, low = 4.0, high = 1.0, 64)) }
            } shouldTell
                """
                decoder/0/attention: high is not above low
                  high = 1.0   from attention(heads = 2)  Here.kt:_
                  Llama 3.1 has low = 1.0 and high = 4.0.
                """
        }

        "a relative bias has the heads of its attentions" {
            model("biased", width = 8) {
                val text by tokens(vocab = 5)
                val bias by relativeBias(heads = 8)
                val encoder by stack(text, layers = 2) { attention(heads = 4) { relativeBias(bias) } }
            } shouldTell
                """
                encoder/*/attention: its relative bias has other heads
                  heads = 4           from attention(heads = 4)     Here.kt:_
                  heads of bias = 8   from relativeBias(heads = 8)  Here.kt:_
                  Say relativeBias(heads = 4) for bias.
                """
        }

        "a relative bias has buckets for what is far" {
            model("near", width = 8) {
                val text by tokens(vocab = 5)
                val bias by relativeBias(heads = 8, buckets = 32, distance = 16)
            } shouldTell
                """
                bias: the far distances have no buckets
                  distance = 16   from relativeBias(heads = 8)  Here.kt:_
                  Half of the buckets hold one distance each: say more than 16.
                """
        }

        "buckets that are not positive are told as such alone" {
            model("near", width = 8) {
                val text by tokens(vocab = 5)
                val bias by relativeBias(heads = 8, buckets = -4, distance = -3)
            } shouldTell
                """
                bias: buckets is not positive
                  buckets = -4   from relativeBias(heads = 8)  Here.kt:_
                  Say 1 or more.
                """
        }

        "a bias of rows and columns reaches somewhere" {
            model("seen", width = 8) {
                val map by featureMap(channels = 8)
                val encoder by stack(map, layers = 1) { attention(heads = 2) { relativeBias2d() } }
            } shouldTell
                """
                encoder/0/attention: how far the relative bias reaches is not known
                  size = 0   from attention(heads = 2)  Here.kt:_
                  Say relativeBias2d(7), or mask = Windows2d(7) before it.
                """
        }

        "text has no rows and columns" {
            layer { attention(heads = 2) { relativeBias2d(7) } } shouldTell
                """
                decoder/0/attention: its positions have no rows and columns
                  positions = one after the other   from attention(heads = 2)  Here.kt:_
                  Rows and columns come from image() without classToken(), or from featureMap().
                """
            model("text", width = 8) {
                    val text by tokens(vocab = 5)
                }
                .changed { (it as TokenInput).copy(position = Position.Sinusoidal2d(PositionTarget.Input)) } shouldTell
                """
                    text: its positions have no rows and columns
                      positions = sinusoidal2d
                      Say sinusoidal().
                    """
        }

        "positions are as wide as the layers that they are added to" {
            model("narrow", width = 8) {
                val text by
                    tokens(vocab = 5, width = 4) {
                        project()
                        sinusoidal(to = PositionTarget.EveryLayer)
                    }
            } shouldTell
                """
                text: its positions are narrower than its layers
                  positions = EveryLayer   from tokens(vocab = 5, width = 4)  Here.kt:_
                  Positions of the table's width can only be added before project(): leave out "to".
                """
        }

        "a picture has a learned position for each of its patches" {
            model("picture", width = 8) {
                    val seen by
                        image(channels = 3, size = 8) {
                            patches(4)
                            learnedPositions()
                        }
                }
                .changed { (it as ImageInput).copy(columns = 12) } shouldTell
                """
                    seen: there is not one learned position for each patch
                      positions = 4
                      patches = 6
                      Say 6.
                    """
        }

        "rows of a table without a position are some, or none" {
            model("unused", width = 8) {
                val text by tokens(vocab = 5) { learnedPositions(4, unused = -1) }
            } shouldTell
                """
                text: rows without a position are not a number of rows
                  unused = -1   from tokens(vocab = 5)  Here.kt:_
                  learnedPositions(1_024, unused = 2) has a table of 1,026 rows.
                """
        }

        "learned vectors are as many as their positions" {
            model("queries", width = 8) {
                    val queries by learned(count = 9)
                }
                .changed { (it as LearnedInput).copy(count = 7) } shouldTell
                """
                    queries: it has not as many vectors as positions
                      positions = 9
                      Say 7.
                    """
        }
    })
