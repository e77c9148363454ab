package io.heddle.specs.language.messages

import io.heddle.dsl.model
import io.heddle.model.CopiesInput
import io.heddle.model.TokenInput
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Pooling.Mean
import io.kotest.core.spec.style.StringSpec

class InputMessagesSpec :
    StringSpec({
        "segments are some, or are left out" {
            model("segments", width = 8) {
                val text by tokens(vocab = 5) { segments(-1) }
            } shouldTell
                """
                text: there are fewer than no segments
                  segments = -1   from tokens(vocab = 5)  Here.kt:_
                  Say segments(2), or leave it out.
                """
        }

        "a table is shared by inputs of one vocabulary and one width" {
            model("shared", width = 8) {
                    val source by tokens(vocab = 5)
                    val target by tokens(tiedTo = source)
                }
                .changed { if (it.name == "target") (it as TokenInput).copy(vocabulary = 6) else it } shouldTell
                """
                    target: a table cannot be shared by inputs of other sizes
                      table of source = [5, 8]
                      table of target = [6, 8]
                      Give both the same vocabulary and width, or target a table of its own.
                    """
        }

        "a position holds frames that fit into it" {
            model("voice", width = 8) {
                val before by spoken(features = 8_192, reduction = 2_049) { project() }
            } shouldTell
                """
                before: a position holds too many numbers
                  features = 8192    from spoken(features = 8192, reduction = 2049)  Here.kt:_
                  reduction = 2049   from spoken(features = 8192, reduction = 2049)  Here.kt:_
                  Features times reduction are 16777216 at the most. Say fewer.
                """
        }

        "the cutoffs of an adaptive table rise" {
            model("adaptive", width = 8) {
                val text by tokens(vocab = 9) { adaptive(4, 2) }
            } shouldTell
                """
                text: cutoffs do not rise
                  cutoffs = [4, 2]   from tokens(vocab = 9)  Here.kt:_
                  Say rising numbers between 0 and the vocabulary: adaptive(20_000, 40_000).
                """
        }

        "vectors of another width than the model's are projected" {
            model("vectors", width = 8) {
                val sound by vectors(features = 80)
                val words by tokens(vocab = 5, width = 4)
                val wave by frames(features = 3)
                val map by featureMap(channels = 16)
            } shouldTell
                """
                sound: what it gives does not have the model's width
                  given = 80   from vectors(features = 80)       Here.kt:_
                  width = 8    from model("vectors", width = 8)  Here.kt:_
                  Say vectors(features = 80) { project() }.

                wave: what it gives does not have the model's width
                  given = 3   from frames(features = 3)         Here.kt:_
                  width = 8   from model("vectors", width = 8)  Here.kt:_
                  Say frames(features = 3) { project() }.

                map: what it gives does not have the model's width
                  given = 16   from featureMap(channels = 16)    Here.kt:_
                  width = 8    from model("vectors", width = 8)  Here.kt:_
                  Say featureMap(channels = 16) { project() }.
                """
        }

        "patches divide a picture" {
            model("picture", width = 8) {
                val seen by image(channels = 3, size = 12) { patches(5) }
            } shouldTell
                """
                seen: patches do not divide the picture
                  picture = 12 x 12   from image(channels = 3, size = 12)  Here.kt:_
                  patch = 5           from image(channels = 3, size = 12)  Here.kt:_
                  Try patches(4).
                """
        }

        "a patch that is none is told as such alone" {
            model("picture", width = 8) {
                val seen by
                    image(channels = 3, size = 12) {
                        patches(0)
                        learnedPositions()
                    }
            } shouldTell
                """
                seen: patch is not positive
                  patch = 0   from image(channels = 3, size = 12)  Here.kt:_
                  Say 1 or more.
                """
        }

        "what is copied is as wide as its copies" {
            model("copies", width = 8) {
                    val source by tokens(vocab = 5)
                    val length by classify(source, Mean, classes = 9)
                    val target by copies(source, length)
                }
                .changed { if (it is CopiesInput) it.copy(width = 16) else it } shouldTell
                """
                    target: what it copies has another width
                      width of target = 16
                      width of source = 8
                      Give both the same width.
                    """
        }

        "cutoffs of a table that is another's" {
            model("tied", width = 8) {
                val source by tokens(vocab = 9)
                val target by tokens(tiedTo = source) { adaptive(3, 6) }
            } shouldTell
                """
                target: the table it is tied to is another's
                  adaptive = 3, 6   from tokens(tiedTo = source)  Here.kt:_
                  Say adaptive() of source, whose table it is, or leave tiedTo out.
                """
        }

        "positions that are taken from learned vectors" {
            model("vectors", width = 8) {
                val objects by learned(4) { noPositions() }
            } shouldTell
                """
                objects: learned vectors are told apart by themselves alone
                  positions = none   from learned(4)  Here.kt:_
                  Leave noPositions() out: nothing is added to them.
                """
        }
    })
