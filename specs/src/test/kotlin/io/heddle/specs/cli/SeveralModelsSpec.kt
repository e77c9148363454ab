package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** Where several models are described, a problem says of which it is, and one can be asked for. */
class SeveralModelsSpec :
    StringSpec({
        val desk = autoClose(Desk())

        fun Desk.checking(vararg arguments: String) = heddle("check", *arguments)

        val wrong = "val wrong = tiny.edit { name = \"wrong\"; attention(\"decoder/0\") { scale = -1.0 } }"
        desk.file("both.model.kts", "$tiny\n$wrong\n")

        "a problem says of which model it is" {
            desk.checking("both.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    wrong: decoder/0/attention: scale is not a positive number
                      scale = -1.0   from attention("decoder/0")  both.model.kts:9
                      Say a number above 0.

                    """
                        .trimIndent(),
                )
        }

        "and of which file, where there are several" {
            desk.file("tiny.model.kts", tiny)
            desk.checking("tiny.model.kts", "both.model.kts").run {
                out shouldBe "tiny.model.kts: tiny is fine: 344 parameters\n"
                err.lines().first() shouldBe "both.model.kts#wrong: decoder/0/attention: scale is not a positive number"
            }
        }

        "what is wrong with all of a model is told once of its name" {
            desk.file("late.model.kts", "$tiny\nval late = tiny.edit { name = \"late\"; remove(\"nothing\") }\n")
            desk.checking("late.model.kts").err.lines().first() shouldBe "late: remove(\"nothing\") fits nothing"
        }

        "one of them is checked by its name or by its property" {
            val fine = Ran(0, "both.model.kts: tiny is fine: 344 parameters\n", "")
            desk.checking("both.model.kts", "--model", "tiny") shouldBe fine
            desk.checking("both.model.kts", "--model", "wrong").err.lines().first() shouldBe
                "decoder/0/attention: scale is not a positive number"
            desk.checking("both.model.kts", "--model", "wrnog") shouldBe
                Ran(1, "", "both.model.kts: it describes no model called wrnog\n  Did you mean --model wrong?\n")
            desk.checking("both.model.kts", "--model", "entirely-else") shouldBe
                Ran(1, "", "both.model.kts: it describes no model called entirely-else\n  It describes tiny, wrong.\n")
        }

        "a recipe of others is no matter of the one that is asked for" {
            desk.file("pairs.model.kts", "$tiny\nval training = recipe(reverseTask(), steps = 10)\n")
            desk.checking("pairs.model.kts").status shouldBe 1
            desk.checking("pairs.model.kts", "--model", "tiny").status shouldBe 0
        }

        "a recipe that fits none of several is told for the first" {
            val other = "val other = tiny.edit { name = \"other\" }"
            desk.file("none.model.kts", "$tiny\n$other\nval training = recipe(reverseTask(), steps = 10)\n")
            desk.checking("none.model.kts").err.lines().first() shouldBe
                "tiny: the model does not fit the data of its recipe"
        }

        "two models of one name are told" {
            desk.file("same.model.kts", "$tiny\nval windowed = tiny.edit { attention(\"**\") { softcap = 3.0 } }\n")
            desk.checking("same.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    same.model.kts: 2 models are called "tiny"
                      tiny = "tiny"       from model("tiny", width = 8)  same.model.kts:1
                      windowed = "tiny"   from edit { ... }              same.model.kts:9
                      Give each its own: edit { name = "windowed" }

                    """
                        .trimIndent(),
                )
            desk.checking("same.model.kts", "--model", "windowed").status shouldBe 0
        }
    })
