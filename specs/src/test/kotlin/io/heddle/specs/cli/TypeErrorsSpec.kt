package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** A value that does not fit where it stands: what belongs there, what this is, and the mend. */
class TypeErrorsSpec :
    StringSpec({
        val desk = autoClose(Desk())

        fun told(inside: String): String {
            val lines = inside.trimIndent().lines().joinToString("\n") { "    $it" }
            desk.file("small.model.kts", "val small = model(\"small\", width = 8) {\n$lines\n}")
            val ran = desk.heddle("check", "small.model.kts")
            ran.status shouldBe 1
            return ran.err.trimEnd()
        }

        infix fun String.shouldTell(text: String) = told(this) shouldBe text.trimIndent()

        "an input without a name" {
            "val decoder by stack(tokens(10), layers = 1) { addNorm() }" shouldTell
                """
                small.model.kts:2:26: a sequence belongs here, and this has no name yet
                  val decoder by stack(tokens(10), layers = 1) { addNorm() }
                                       ^^^^^^^^^^
                  Name it first: val text by tokens(65).
                """
        }

        "stacks where vectors belong" {
            """
            val text by tokens(vocab = 10)
            val likeness by contrast(text, text, width = 4, Learned(0.07))
            """ shouldTell
                """
                small.model.kts:3:30: one vector of a sequence belongs here, and this is an input of tokens
                  val likeness by contrast(text, text, width = 4, Learned(0.07))
                                           ^^^^
                  Pool the sequence first: val whole by pool(encoder, Mean).

                small.model.kts:3:36: one vector of a sequence belongs here, and this is an input of tokens
                  val likeness by contrast(text, text, width = 4, Learned(0.07))
                                                 ^^^^
                  Pool the sequence first: val whole by pool(encoder, Mean).
                """
        }

        "a verb among masks" {
            """
            val text by tokens(vocab = 10)
            val decoder by stack(text, layers = 1) {
                attention(heads = 2) { mask = causal() and Window(3) }
                attention(heads = 2, name = "second") { mask = !causal() }
            }
            """ shouldTell
                """
                small.model.kts:4:48: and is for masks
                  attention(heads = 2) { mask = causal() and Window(3) }
                                                         ^^^
                  A mask is a value: mask = Causal and Window(128).

                small.model.kts:5:56: not is for masks
                  attention(heads = 2, name = "second") { mask = !causal() }
                                                                 ^
                  A mask is a value: mask = Causal and Window(128).
                """
        }

        "an input where a relation belongs" {
            """
            val text by tokens(vocab = 10)
            val decoder by stack(text, layers = 1) { attention(heads = 2) { mask = Given(text) } }
            """ shouldTell
                """
                small.model.kts:3:82: a relation belongs here, and this is an input of tokens
                  val decoder by stack(text, layers = 1) { attention(heads = 2) { mask = Given(text) } }
                                                                                               ^^^^
                  Describe one, and say its name: val edges by relation(text).
                """
        }

        "what belongs to a block further out" {
            "val text by tokens(vocab = 10) { width = 3 }" shouldTell
                """
                small.model.kts:2:38: width belongs to a block further out
                  val text by tokens(vocab = 10) { width = 3 }
                                                   ^^^^^
                  Say it there, or in the brackets before these braces: tokens(vocab = 65, width = 16) { ... }.
                """
        }

        "texts and numbers where words belong" {
            """
            layout = "PreNorm"
            norm = LayerNorm
            dropout = 1
            val text by tokens(vocab = "ten")
            val decoder by stack(text, layers = 2.5) { feedForward { activation = "gelu" } }
            val whole by pool(decoder, "mean")
            """ shouldTell
                """
                small.model.kts:2:12: a layout belongs here, and this is a text
                  layout = "PreNorm"
                         ^
                  Say one, as PostNorm or PreNorm, without quotes.

                small.model.kts:3:10: a norm belongs here, and LayerNorm has no brackets
                  norm = LayerNorm
                       ^
                  Say LayerNorm().

                small.model.kts:4:13: a number with a point belongs here, and this is a whole number
                  dropout = 1
                          ^
                  Write it with a point and without quotes: 0.1, or 1.0 for 1.

                small.model.kts:5:32: a whole number belongs here, and this is a text
                  val text by tokens(vocab = "ten")
                                             ^^^^^
                  Write it without a point and without quotes: 2.

                small.model.kts:6:41: a whole number belongs here, and this is a number with a point
                  val decoder by stack(text, layers = 2.5) { feedForward { activation = "gelu" } }
                                                      ^^^
                  Write it without a point and without quotes: 2.

                small.model.kts:6:73: an activation belongs here, and this is a text
                  val decoder by stack(text, layers = 2.5) { feedForward { activation = "gelu" } }
                                                                                      ^
                  Say one, as Relu, Gelu or Silu, without quotes.

                small.model.kts:7:32: a pooling belongs here, and this is a text
                  val whole by pool(decoder, "mean")
                                             ^^^^^^
                  Say one, as First, Last, Mean or Max, without quotes.
                """
        }

        "everything else that belongs somewhere, with how it is said" {
            """
            bias = "no"
            initializer = 0.02
            val text by tokens(vocab = 10) { sinusoidal(to = "layers") }
            val tied by tokens(tiedTo = 3)
            val near by relativeBias(heads = 2)
            val decoder by stack(text, layers = 2, weights = "own") {
                attention(heads = 2, name = 3) { kernel = "elu"; relativeBias(text); mask = "causal" }
                crossAttention(from = near)
            }
            val whole by pool(decoder, Mean)
            val likeness by contrast(whole, whole, width = 4, 0.1)
            val label by classify(whole, classes = 2)
            val next by logits(decoder, tiedTo = label)
            val edges by relation(text)
            dropout = freeze("text")
            fun halved(stack: io.heddle.model.Stack) = stack.layers.size / 2
            fun known(next: io.heddle.model.Logits) = next.input
            fun named(model: Model) = model.name
            halved(edges)
            known(true)
            named(next)
            objective { binaryCrossEntropy(weight = 1.0, classes = whole) }
            """ shouldTell
                """
                small.model.kts:2:10: true or false belongs here, and this is a text
                  bias = "no"
                       ^
                  Write true or false, without quotes.

                small.model.kts:3:17: an initializer belongs here, and this is a number with a point
                  initializer = 0.02
                              ^
                  Say one, as Normal(0.02) or XavierUniform().

                small.model.kts:4:54: what positions are added to belongs here, and this is a text
                  val text by tokens(vocab = 10) { sinusoidal(to = "layers") }
                                                                   ^^^^^^^^
                  Say Input, QueriesAndKeys or EveryLayer.

                small.model.kts:5:33: an input of tokens belongs here, and this is a whole number
                  val tied by tokens(tiedTo = 3)
                                              ^
                  Describe one, and say its name: val text by tokens(vocab = 65).

                small.model.kts:7:54: whose weights layers have belongs here, and this is a text
                  val decoder by stack(text, layers = 2, weights = "own") {
                                                                   ^^^^^
                  Say Own, Shared or Groups(4).

                small.model.kts:8:37: a text belongs here, and this is a whole number
                  attention(heads = 2, name = 3) { kernel = "elu"; relativeBias(text); mask = "causal" }
                                              ^
                  Write it in quotes: "text".

                small.model.kts:8:49: a feature map belongs here, and this is a text
                  attention(heads = 2, name = 3) { kernel = "elu"; relativeBias(text); mask = "causal" }
                                                          ^
                  Say EluPlusOne, ReluFeatures(256) or Favor(256).

                small.model.kts:8:71: a relative bias belongs here, and this is an input of tokens
                  attention(heads = 2, name = 3) { kernel = "elu"; relativeBias(text); mask = "causal" }
                                                                                ^^^^
                  Describe one: val near by relativeBias(heads = 8).

                small.model.kts:8:83: a mask belongs here, and this is a text
                  attention(heads = 2, name = 3) { kernel = "elu"; relativeBias(text); mask = "causal" }
                                                                                            ^
                  Say one, as Causal, Window(128) or Given(edges), or several joined by and.

                small.model.kts:9:31: a sequence belongs here, and this is a relative bias
                  crossAttention(from = near)
                                        ^^^^
                  Say the name of an input or of a stack, or a layer: encoder.layer(3).

                small.model.kts:12:55: a temperature belongs here, and this is a number with a point
                  val likeness by contrast(whole, whole, width = 4, 0.1)
                                                                    ^^^
                  Say Learned(0.07) or Fixed(0.1).

                small.model.kts:14:42: an input of tokens belongs here, and this is a classifier
                  val next by logits(decoder, tiedTo = label)
                                                       ^^^^^
                  Describe one, and say its name: val text by tokens(vocab = 65).

                small.model.kts:16:13: a number with a point belongs here, and this is a verb, which gives nothing
                  dropout = freeze("text")
                          ^
                  Write it with a point and without quotes: 0.1, or 1.0 for 1.

                small.model.kts:20:12: a stack belongs here, and this is a relation
                  halved(edges)
                         ^^^^^
                  Describe one, and say its name: val encoder by stack(text, layers = 6) { ... }.

                small.model.kts:21:11: scores of tokens belongs here, and this is true or false
                  known(true)
                        ^^^^
                  Describe them, and say their name: val next by logits(decoder).

                small.model.kts:22:11: a model belongs here, and this is scores of tokens
                  named(next)
                        ^^^^
                  Describe one, and say its name: val small = model("small", width = 64) { ... }.

                small.model.kts:23:17: a classifier belongs here, and this is one vector of a sequence
                  objective { binaryCrossEntropy(weight = 1.0, classes = whole) }
                              ^^^^^^^^^^^^^^^^^^
                  Describe one: val label by classify(encoder, Mean, classes = 2).
                """
        }

        "an argument that was left out, and one that does not fit" {
            """
            val text by tokens(vocab = 10)
            val decoder by stack(text, layers = 2) {
                attention()
                addNorm(0.1)
            }
            """ shouldTell
                """
                small.model.kts:4:9: heads is not said
                  attention()
                  ^^^^^^^^^
                  Say it in the brackets: heads = ...

                small.model.kts:5:9: a norm belongs here, and this is a number with a point
                  addNorm(0.1)
                  ^^^^^^^
                  Say one, as LayerNorm(), RmsNorm(1e-6) or NoNorm.
                """
        }

        "another value for a name that has one" {
            """
            val text by tokens(vocab = 10)
            text = 3
            """ shouldTell
                """
                small.model.kts:3:5: a val is said once
                  text = 3
                  ^^^^
                  Say another val, of another name, for another value.
                """
        }
    })
