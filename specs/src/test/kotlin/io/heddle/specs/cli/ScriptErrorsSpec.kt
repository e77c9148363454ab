package io.heddle.specs.cli

import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain

/** What is wrong in a script is told at its place, with the line and the mend. */
class ScriptErrorsSpec :
    StringSpec({
        val desk = autoClose(Desk())

        fun told(script: String, vararg options: String): Ran {
            desk.file("gpt.model.kts", script.trimIndent())
            return desk.heddle("check", "gpt.model.kts", *options)
        }

        fun wrong(message: String) = Ran(1, "", message.trimIndent() + "\n")

        "misspelled blocks, values and names" {
            told(
                """
                val gpt = model("gpt", width = 128) {
                    layout = Prenorm
                    val text by tokens(vocab = 65)
                    val decoder by stack(text, layers = 4) {
                        atention(heads = 8) { causal() }
                        addnorm()
                    }
                    val next by logits(decodr, tiedTo = text)
                }
                """
            ) shouldBe
                wrong(
                    """
                    gpt.model.kts:2:14: unresolved reference 'Prenorm'
                      layout = Prenorm
                               ^^^^^^^
                      Did you mean PreNorm?

                    gpt.model.kts:5:9: unresolved reference 'atention'
                      atention(heads = 8) { causal() }
                      ^^^^^^^^
                      Did you mean attention?

                    gpt.model.kts:6:9: unresolved reference 'addnorm'
                      addnorm()
                      ^^^^^^^
                      Did you mean addNorm?

                    gpt.model.kts:8:24: unresolved reference 'decodr'
                      val next by logits(decodr, tiedTo = text)
                                         ^^^^^^
                      Did you mean decoder?
                    """
                )
        }

        "a part that is described below the one that reads it" {
            told(
                """
                val t = model("t", width = 16) {
                    val source by tokens(vocab = 10)
                    val target by tokens(vocab = 10)
                    val decoder by stack(target, layers = 1) {
                        attention(heads = 2) { causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                    }
                    val encoder by stack(source, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                    val next by logits(decoder)
                }
                """
            ) shouldBe
                wrong(
                    """
                    gpt.model.kts:7:31: unresolved reference 'encoder'
                      crossAttention(from = encoder)
                                            ^^^^^^^
                      encoder is described below, in line 10. Move "val encoder" above "val decoder".
                    """
                )
        }

        "a part that reads itself, one of another model, and a model that is described below" {
            told(
                """
                val t = model("t", width = 16) {
                    val target by tokens(vocab = 10)
                    val decoder by stack(target, layers = 1) {
                        attention(heads = 2) { causal() }
                        addNorm()
                        crossAttention(from = decoder)
                        addNorm()
                    }
                    val next by logits(decoder)
                }
                val u = model("u", width = 16) {
                    val out by logits(target)
                }
                val v = w.edit { attention("*") { scale = 1.0 } }
                val w = t
                """
            ) shouldBe
                wrong(
                    """
                    gpt.model.kts:6:31: unresolved reference 'decoder'
                      crossAttention(from = decoder)
                                            ^^^^^^^
                      decoder is described here, so it cannot read itself.

                    gpt.model.kts:12:23: unresolved reference 'target'
                      val out by logits(target)
                                        ^^^^^^
                      target is described in line 2, in other braces: only they can read it.

                    gpt.model.kts:14:9: variable 'w' must be initialized
                      val v = w.edit { attention("*") { scale = 1.0 } }
                              ^
                      w is described below, in line 15. Move "val w" above "val v".
                    """
                )
        }

        "a value that the first line reads, and a later one describes" {
            told("println(late)\nval late = 1") shouldBe
                wrong(
                    """
                    gpt.model.kts:1:9: variable 'late' must be initialized
                      println(late)
                              ^^^^
                      late is described below, in line 2. Move "val late" above this line.
                    """
                )
        }

        "a misspelled argument, without what follows from it" {
            told(
                "val gpt = model(\"gpt\", width = 8) {\n    val text by tokens(vocab = 5)\n" +
                    "    val next by stack(text, layer = 2) { addNorm() }\n}"
            ) shouldBe
                wrong(
                    """
                    gpt.model.kts:3:29: no parameter with name 'layer' found
                      val next by stack(text, layer = 2) { addNorm() }
                                              ^^^^^
                      Did you mean layers?
                    """
                )
        }

        "a word that belongs elsewhere" {
            told("val gpt = model(\"gpt\", width = 8) {\n    val text by tokens(vocab = 5)\n    causal()\n}") shouldBe
                wrong(
                    """
                    gpt.model.kts:3:5: unresolved reference 'causal'
                      causal()
                      ^^^^^^
                      causal belongs inside attention { ... }.
                    """
                )
            told("val gpt = model(\"gpt\", width = 8) { feedForward(hidden = 8) }") shouldBe
                wrong(
                    """
                    gpt.model.kts:1:37: unresolved reference 'feedForward'
                      val gpt = model("gpt", width = 8) { feedForward(hidden = 8) }
                                                          ^^^^^^^^^^^
                      feedForward belongs inside stack { ... } or edit { ... } or experts { ... }.
                    """
                )
        }

        "a brace that is missing, and nothing but that" {
            told("val gpt = model(\"gpt\", width = 8) {\n    val text by tokens(vocab = 5\n}") shouldBe
                wrong(
                    """
                    gpt.model.kts:2:33: syntax error: Expecting ')'
                      val text by tokens(vocab = 5
                                                  ^
                    """
                )
        }

        "an exception, by the line of the script that threw it" {
            told(
                "fun heads(n: Int): Int {\n    require(n > 3) { \"too few heads: \$n\" }\n" +
                    "    return n\n}\nval few = heads(2)"
            ) shouldBe
                wrong(
                    """
                    gpt.model.kts:2: stopped by IllegalArgumentException: too few heads: 2
                      require(n > 3) { "too few heads: ${'$'}n" }
                    """
                )
        }

        "a script that calls itself without an end" {
            told("fun again(n: Int): Int = again(n + 1) + 1\nval never = again(0)") shouldBe
                wrong(
                    """
                    gpt.model.kts:1: stopped by StackOverflowError
                      fun again(n: Int): Int = again(n + 1) + 1
                    """
                )
        }

        "a script that ends the program" {
            desk.file("gone.model.kts", "import kotlin.system.exitProcess\nval gone = 1\nexitProcess(0)")
            desk.process("check", "gone.model.kts") shouldBe
                wrong(
                    """
                    gone.model.kts:3: it ends the program
                      exitProcess(0)
                      A script describes, and ends by itself: leave that out.
                    """
                )
        }

        "a script that takes all memory"
            .config(tags = setOf(NamedTag("Long"))) {
                desk.file(
                    "gpt.model.kts",
                    "val all = mutableListOf<LongArray>()\nwhile (true) all += LongArray(1_000_000)",
                )
                desk.process("check", "gpt.model.kts", jvm = listOf("-Xmx400m")) shouldBe
                    wrong(
                        """
                    gpt.model.kts: it needs more memory than there is
                      A script describes, and computes nothing: look for a loop or a list without an end.
                    """
                    )
            }

        "where it was thrown, with --verbose alone" {
            val script = "val gpt: Int = error(\"no\")"
            told(script).err shouldNotContain "\tat "
            told(script, "--verbose").err shouldContain "\tat "
        }
    })
