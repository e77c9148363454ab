package io.heddle.specs.cli

import io.heddle.json.ModelJson
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.exists

/** A variant of an experiment is taken by its name, as a model is. */
class VariantOptionSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("letters.txt", "abcd\n".repeat(200))
        val wide =
            tiny.replace("val tiny", "val wide").replace("model(\"tiny\", width = 8)", "model(\"wide\", width = 16)")
        val training =
            "val training = recipe(text(\"letters.txt\", context = 4), steps = 4) { batch(2); evaluate(every = 4) }\n"
        val layouts =
            "val layouts = experiment(\"layouts\") {\n    variants(tiny, tiny.edit { layout = PreNorm })\n" +
                "    recipe(training)\n}\n"
        val widths = "val widths = experiment(\"widths\") {\n    variant(\"tiny\", wide)\n    recipe(training)\n}\n"
        desk.file("one.model.kts", "$tiny\n$training$layouts")
        desk.file("two.model.kts", "$tiny\n$wide\n$training$layouts$widths")
        desk.file("stored.json", desk.heddle("json", "one.model.kts", "--experiment", "layouts").out)

        "verbs that ask for a model take a variant" {
            desk.heddle("check", "one.model.kts", "--variant", "layout PreNorm").out shouldStartWith
                "one.model.kts: tiny is fine: "
            val stored = desk.heddle("json", "stored.json", "--variant", "layout PreNorm")
            withClue(stored.err) { stored.status shouldBe 0 }
            ModelJson.read(stored.out, "stored").name shouldBe "tiny"
            stored.out shouldContain "preNorm"
            val equations =
                listOf("tiny", "layout PreNorm").map { desk.heddle("equations", "stored.json", "--variant", it) }
            equations.map { it.status } shouldBe listOf(0, 0)
            (equations[0].out == equations[1].out) shouldBe false
            desk.heddle("diff", "stored.json#tiny", "stored.json#layout PreNorm").out shouldContain "layout"
        }

        "what is trained is trained as the experiment says, in a folder of its name" {
            val trained = desk.heddle("train", "stored.json", "--variant", "layout PreNorm", "--out", "./runs/pre")
            withClue(trained.err) { trained.status shouldBe 0 }
            trained.out shouldStartWith "layout PreNorm: "
            desk.folder.resolve("runs/pre/checkpoint").exists() shouldBe true
        }

        "a variant that there is none of, and all that there are" {
            desk.heddle("summary", "stored.json", "--variant", "layout PreNrm").err shouldBe
                """
                stored.json: it describes no variant called layout PreNrm
                  Did you mean --variant "layout PreNorm"? It compares "tiny", "layout PreNorm".

                """
                    .trimIndent()
            desk.file("alone.model.kts", tiny)
            desk.heddle("summary", "alone.model.kts", "--variant", "tiny").err shouldBe
                "alone.model.kts: it describes no variant called tiny\n  It compares nothing.\n"
        }

        "of two experiments one is named" {
            desk.heddle("summary", "two.model.kts", "--variant", "tiny") shouldBe
                Ran(
                    1,
                    "",
                    """
                    two.model.kts: 2 experiments have other variants called tiny
                      variant = layouts/tiny
                      variant = widths/tiny
                      Choose one: --variant "layouts/tiny"

                    """
                        .trimIndent(),
                )
            desk.heddle("summary", "two.model.kts", "--variant", "widths/tiny").out shouldStartWith "wide"
        }

        "of two experiments that train it otherwise one is named, when it is trained" {
            desk.file(
                "otherwise.model.kts",
                """
                $tiny
                val one = experiment("one") {
                    variants(tiny)
                    recipe(text("letters.txt", context = 4), steps = 2)
                }
                val two = experiment("two") {
                    variant("tiny", tiny) { steps(3) }
                    recipe(text("letters.txt", context = 4), steps = 2)
                }
                """
                    .trimIndent(),
            )
            desk.heddle("summary", "otherwise.model.kts", "--variant", "tiny").status shouldBe 0
            desk.heddle("train", "otherwise.model.kts", "--variant", "tiny").err shouldContain
                "2 experiments have other variants called tiny"
            desk
                .heddle("train", "otherwise.model.kts", "--variant", "two/tiny", "--out", "./runs/three")
                .out shouldContain ", 3 steps"
        }

        "a model or a variant, and not both" {
            desk.heddle("summary", "two.model.kts", "--model", "wide", "--variant", "tiny").err shouldBe
                """
                two.model.kts: one model is wanted, and two are named
                  --model = wide
                  --variant = tiny
                  Leave one of both out.

                """
                    .trimIndent()
        }
    })
