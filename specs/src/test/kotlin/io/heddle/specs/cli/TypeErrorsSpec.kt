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
