package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** Scripts are read as they are written: their values in order, their lines by number. */
class ScriptSpec :
    StringSpec({
        val desk = autoClose(Desk())

        "a model that fits together is fine" {
            desk.file("tiny.model.kts", tiny)
            desk.heddle("check", "tiny.model.kts") shouldBe Ran(0, "tiny.model.kts: tiny is fine: 344 parameters\n", "")
        }

        "models and recipes are found in their order: in values and lists, each once, and nothing private" {
            desk.file(
                "several.model.kts",
                """
                |fun variant(called: String): Model = base.edit { name = called }
                |private val base = model("base", width = 8) {
                |    val text by tokens(vocab = 5)
                |    val next by logits(text)
                |}
                |val first = variant("a")
                |val more = listOf(first, variant("b"))
                |val short = recipe(text("a.txt", context = 4), steps = 3)
                |val long = recipe(text("a.txt", context = 4), steps = 4_000)
                """
                    .trimMargin(),
            )
            desk.heddle("check", "several.model.kts") shouldBe
                Ran(
                    0,
                    """
                    several.model.kts: a is fine: 80 parameters
                    several.model.kts: b is fine: 80 parameters
                    several.model.kts: recipe short is fine: 3 steps
                    several.model.kts: recipe long is fine: 4,000 steps

                    """
                        .trimIndent(),
                    "",
                )
        }

        "a problem names the lines of the script that led to it" {
            desk.file(
                "nmt.model.kts",
                """
                val nmt = model("nmt-base", width = 500) {
                    val source by tokens(vocab = 32_000)
                    val encoder by stack(source, layers = 2) {
                        attention(
                            heads = 8,
                        )
                        addNorm()
                    }
                    val next by logits(encoder, tiedTo = source)
                }
                """
                    .trimIndent(),
            )
            desk.heddle("check", "nmt.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    encoder/*/attention: heads do not divide width
                      width = 500   from model("nmt-base", width = 500)  nmt.model.kts:1
                      heads = 8     from attention(heads = 8)            nmt.model.kts:4
                      500 is not a multiple of 8. Try width = 496 or 504, or heads = 5.

                    """
                        .trimIndent(),
                )
        }

        "every file is looked at, and everything wrong is told at once" {
            desk.file("tiny.model.kts", tiny)
            desk.file("none.model.kts", "val answer = 42\n")
            desk.file("bad.model.kts", "val bad = model(\"bad\", width = -8) {\n    val text by tokens(vocab = 5)\n}\n")
            desk.heddle("check", "none.model.kts", "tiny.model.kts", "bad.model.kts") shouldBe
                Ran(
                    1,
                    "tiny.model.kts: tiny is fine: 344 parameters\n",
                    """
                    none.model.kts: it describes no model
                      A model is a value at the top of the script: val gpt = model("gpt", width = 128) { ... }

                    bad.model.kts#bad: width is not positive
                      width = -8   from model("bad", width = -8)  bad.model.kts:1
                      Say 1 or more.

                    """
                        .trimIndent(),
                )
        }

        "a recipe that fits no model of its file is told" {
            desk.file("pairs.model.kts", "$tiny\nval training = recipe(reverseTask(), steps = 10)\n")
            desk.heddle("check", "pairs.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    tiny: the model does not fit the data of its recipe
                      tokens inputs = 1
                      logits = 1
                      This data needs 2 and 1: a source to read, and a target to write.

                    """
                        .trimIndent(),
                )
        }
    })
