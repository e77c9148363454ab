package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith

/** Two models are compared, of two files or of one. */
class DiffVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("tiny.model.kts", tiny)
        desk.file("both.model.kts", "$tiny\nval preNorm = tiny.edit { layout = PreNorm }\n")

        "two models of one script" {
            val ran =
                desk.heddle(
                    "diff",
                    "both.model.kts#tiny",
                    "both.model.kts#preNorm",
                    "--size",
                    "batch=1",
                    "--size",
                    "text=1",
                )
            ran shouldBe
                Ran(
                    0,
                    """
                    tiny

                    decoder: layout PostNorm -> PreNorm

                    decoder
                      - decoder = x
                      + decoder = LayerNorm(x)

                    decoder, layer 0
                      - x = LayerNorm(x + attention(x))
                      + x = x + attention(LayerNorm(x))

                    parameters                   344 -> 360 (+16)
                    operations forward           the same
                    forward and backward         the same
                    bytes kept for the backward  264 -> 304 (+40)
                    bytes cached of each token   the same

                    """
                        .trimIndent(),
                    "",
                )
        }

        "a script and what was stored of it" {
            desk.file("stored.json", desk.heddle("json", "tiny.model.kts").out)
            desk.heddle("diff", "tiny.model.kts", "stored.json") shouldBe
                Ran(0, "tiny\n\nThe models are the same.\n", "")
        }

        "one of several models is to be chosen" {
            desk.heddle("diff", "tiny.model.kts", "both.model.kts#preNrm") shouldBe
                Ran(1, "", "both.model.kts: it describes no model called preNrm\n  Did you mean --model preNorm?\n")
        }

        "a model without another" {
            desk.heddle("diff", "tiny.model.kts") shouldBe
                Ran(2, "", "heddle: FILE[#NAME] is missing.\n  See heddle diff --help.\n")
        }

        "a file that is not there" {
            val ran = desk.heddle("diff", "tiny.model.kts", "none.model.kts#a")
            ran.status shouldBe 1
            ran.err shouldStartWith "none.model.kts: "
        }
    })
