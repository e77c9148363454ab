package io.heddle.specs.language.messages

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.ImageScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.PerHead
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.WindowEdge
import io.heddle.terms.Windows2d
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

class MaskMessagesSpec :
    StringSpec({
        fun masked(mask: Mask): Model = layer { attention(heads = 2) { this.mask = mask } }

        "a window reaches somewhere, in steps" {
            masked(!Window(-1, dilation = 0)) shouldTell
                """
            decoder/0/attention: a window reaches less than nothing
              reach = -1   from attention(heads = 2)  Here.kt:_
              Window(0) is a token alone, Window(128) 128 more on each side.

            decoder/0/attention: a window has no steps
              dilation = 0   from attention(heads = 2)  Here.kt:_
              Window(64, dilation = 4) sees every fourth key; leave dilation out to see each.
            """
        }

        "something is global" {
            masked(Causal and (Global() or Self)) shouldTell
                """
            decoder/0/attention: nothing is global
              positions = none   from attention(heads = 2)  Here.kt:_
              Global(0) is the first position.
            """
        }

        "some keys are drawn" {
            masked(Random(0, seed = 0) or Self) shouldTell
                """
            decoder/0/attention: nothing is drawn
              count = 0   from attention(heads = 2)  Here.kt:_
              Random(3, seed = 0) draws three keys for every query.
            """
        }

        "a block has positions" {
            masked(Blocks(0) of Causal) shouldTell
                """
            decoder/0/attention: a block has no positions
              size = 0   from attention(heads = 2)  Here.kt:_
              Blocks(64) cuts a sequence into pieces of 64.
            """
        }

        "a window has rows, and is moved by less than them" {
            masked(Windows2d(0)) shouldTell
                """
                decoder/0/attention: a window has no rows
                  size = 0   from attention(heads = 2)  Here.kt:_
                  Windows2d(7) is 7 rows of 7 positions.
                """
            masked(Windows2d(7, shift = 7)) shouldTell
                """
                decoder/0/attention: windows are not moved within their width
                  shift = 7   from attention(heads = 2)  Here.kt:_
                  Say a shift from 0 to 6; 3 is usual.
                """
        }

        "windows are filled where they are all that is said, over a picture" {
            val filled = Windows2d(3, edge = WindowEdge.Filled)
            masked(filled) shouldTell
                """
                decoder/0/attention: its windows cannot be filled
                  mask = Windows2d(3, edge = WindowEdge.Filled)   from attention(heads = 2)  Here.kt:_
                  That is for Windows2d alone, over an image() without classToken() and without memory(): leave out edge.
                """
            fun seen(words: ImageScope.() -> Unit = {}, attend: AttentionScope.() -> Unit) =
                model("seen", width = 8) {
                    val picture by image(channels = 1, size = 4) { words() }
                    val encoder by stack(picture, layers = 1) { attention(heads = 2) { attend() } }
                    val label by classify(encoder, Mean, classes = 2)
                }
            seen { mask = filled }.check().shouldBeEmpty()
            val others =
                listOf(
                    seen { mask = filled or Self },
                    seen { mask = !filled },
                    seen { mask = PerHead(filled, Self) },
                    seen { mask = Blocks(2) of filled },
                    seen({ classToken() }) { mask = filled },
                )
            others.forEach {
                it.check().map { problem -> problem.title } shouldBe listOf("its windows cannot be filled")
            }
        }

        "each group of heads has a mask" {
            masked(PerHead(Causal, Self, Window(1))) shouldTell
                """
            decoder/0/attention: masks do not divide heads
              masks = 3   from attention(heads = 2)  Here.kt:_
              Groups of equally many heads have a mask each: say as many masks as divide 2.
            """
        }

        "a head without a mask is told, however many there are" {
            masked(PerHead()) shouldTell
                """
            decoder/0/attention: masks do not divide heads
              masks = 0   from attention(heads = 2)  Here.kt:_
              Groups of equally many heads have a mask each: say as many masks as divide 2.
            """
        }

        "every position sees something, at some length" {
            masked(!Self and Causal) shouldTell
                """
            decoder/0/attention: some positions see nothing
              mask = !Self and Causal   from attention(heads = 2)  Here.kt:_
              positions = 0             from attention(heads = 2)  Here.kt:_
              Let them see themselves: mask = (!Self and Causal) or Self.
            """
        }

        "what a cross-attention sees is asked of the sequence that it looks at" {
            model("asks", width = 8) {
                val scene by image(channels = 3, size = 8) { patches(2) }
                val queries by learned(count = 5)
                val text by tokens(vocab = 9)
                val decoder by
                    stack(queries, layers = 1) {
                        crossAttention(from = scene, heads = 2) { mask = !Window(30) }
                        addNorm()
                        crossAttention(from = text, heads = 2, name = "reads") { mask = !Everything }
                        addNorm()
                        crossAttention(from = scene, heads = 2, name = "looks") { mask = Global(15) }
                        addNorm()
                    }
            } shouldTell
                """
                decoder/0/crossAttention: some positions see nothing
                  mask = !Window(30)               from crossAttention(from = scene, heads = 2)  Here.kt:_
                  positions = 0, 1, 2 and 2 more   from crossAttention(from = scene, heads = 2)  Here.kt:_
                  Say a mask that shows each position something of scene, or none.

                decoder/0/reads: some positions see nothing
                  mask = !Everything               from crossAttention(from = text, heads = 2)  Here.kt:_
                  positions = 0, 1, 2 and 2 more   from crossAttention(from = text, heads = 2)  Here.kt:_
                  Say a mask that shows each position something of text, or none.
                """
        }

        "a picture of many patches is asked like one of few, whatever else is wrong" {
            model("large", width = 8) {
                val scene by image(channels = 3, size = 224) { patches(4) }
                val viewer by
                    stack(scene, layers = 1) {
                        attention(heads = 2) { mask = !Causal }
                        addNorm()
                        feedForward(hidden = 0)
                        addNorm()
                    }
            } shouldTell
                """
                viewer/0/feedForward: hidden is not positive
                  hidden = 0   from feedForward(hidden = 0)  Here.kt:_
                  Say 1 or more.

                viewer/0/attention: some positions see nothing
                  mask = !Causal     from attention(heads = 2)  Here.kt:_
                  positions = 3135   from attention(heads = 2)  Here.kt:_
                  Let them see themselves: mask = (!Causal) or Self.
                """
        }

        "of many that see nothing, the first are told" {
            model("queries", width = 8) {
                val queries by learned(count = 9)
                val decoder by
                    stack(queries, layers = 2) {
                        attention(heads = 2) { mask = !Everything }
                        addNorm()
                    }
            } shouldTell
                """
                decoder/*/attention: some positions see nothing
                  mask = !Everything               from attention(heads = 2)  Here.kt:_
                  positions = 0, 1, 2 and 6 more   from attention(heads = 2)  Here.kt:_
                  Let them see themselves: mask = (!Everything) or Self.
                """
        }
    })
