package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith

/** What a script describes can be stored, and read in its place. */
class JsonVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        val recipes = "val short = recipe(text(\"a.txt\", context = 4), steps = 3)\n"

        "a model and a recipe as JSON describe what their script does" {
            desk.file("tiny.model.kts", "$tiny\n$recipes")
            val model = desk.heddle("json", "tiny.model.kts")
            model.out shouldStartWith "{\n  \"format\": \"heddle/1\",\n  \"kind\": \"model\",\n  \"name\": \"tiny\""
            desk.file("stored.json", model.out)
            desk.heddle("json", "stored.json") shouldBe model
            val recipe = desk.heddle("json", "tiny.model.kts", "--recipe", "short")
            recipe.out shouldStartWith "{\n  \"format\": \"heddle/1\",\n  \"kind\": \"recipe\""
            desk.file("short.json", recipe.out)
            desk.heddle("json", "short.json") shouldBe recipe
            desk.heddle("check", "stored.json", "short.json") shouldBe
                Ran(0, "stored.json: tiny is fine: 344 parameters\nshort.json: recipe recipe is fine: 3 steps\n", "")
        }

        "what a script prints does not get into the JSON" {
            desk.file("tiny.model.kts", tiny)
            desk.file("loud.model.kts", "println(\"said by the script\")\n$tiny")
            desk.heddle("json", "loud.model.kts") shouldBe desk.heddle("json", "tiny.model.kts")
        }

        "one of several models is to be chosen" {
            desk.file("several.model.kts", "$tiny\nval other = tiny.edit { name = \"wide\" }\n")
            desk.heddle("json", "several.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    several.model.kts: it describes 2 models, and one is wanted
                      model = tiny
                      model = wide (other)
                      Choose one: --model tiny

                    """
                        .trimIndent(),
                )
            desk.heddle("json", "several.model.kts", "--model", "wide").status shouldBe 0
            desk.heddle("json", "several.model.kts", "--model", "othr") shouldBe
                Ran(1, "", "several.model.kts: it describes no model called othr\n  Did you mean --model other?\n")
        }

        "a recipe where a model is wanted" {
            desk.file("short.model.kts", recipes)
            desk.heddle("json", "short.model.kts", "--model", "gpt") shouldBe
                Ran(1, "", "short.model.kts: it describes no model\n  It describes a recipe; a model is wanted here.\n")
        }

        "an unknown key" {
            desk.file(
                "tiny.model.kts",
                "val tiny = model(\"tiny\", width = 8) {\n    val text by tokens(vocab = 5)\n}\n",
            )
            desk.file("keys.json", desk.heddle("json", "tiny.model.kts").out.replace("\"vocabulary\"", "\"vocab\""))
            desk.heddle("check", "keys.json") shouldBe
                Ran(
                    1,
                    "",
                    """
                    keys.json: $.components[0].vocab: the key is unknown
                      "vocab" = 5  keys.json:10
                      Did you mean "vocabulary"? Known are "name", "vocabulary", "width", "table", "tableWidth", "scale", "position", "segments", "norm", "dropout", "projection".

                    """
                        .trimIndent(),
                )
        }
    })
