package io.heddle.specs.language

import io.heddle.experiment.ExperimentJson
import io.heddle.json.ModelJson
import io.heddle.json.RecipeJson
import io.heddle.script.DescriptionFiles
import io.heddle.specs.cli.Desk
import io.heddle.specs.cli.tiny
import io.heddle.specs.describe.GoldenTexts
import io.heddle.specs.describe.Zoo
import io.heddle.specs.language.Schemas.findsIn
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.string.shouldNotBeEmpty
import io.kotest.property.checkAll
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/** The published schemas say what Heddle writes and reads. */
class JsonSchemaSpec :
    StringSpec({
        "the schemas say what the serializers read" {
            GoldenTexts.check(Schemas.file("model"), ModelJson.schema())
            GoldenTexts.check(Schemas.file("recipe"), RecipeJson.schema())
            GoldenTexts.check(Schemas.file("experiment"), ExperimentJson.schema())
        }

        "they are legal schemas" {
            val draft = Schemas.schema("""{"${'$'}ref": "https://json-schema.org/draft/2020-12/schema"}""")
            draft.findsIn(ModelJson.schema()).shouldBeEmpty()
            draft.findsIn(RecipeJson.schema()).shouldBeEmpty()
            draft.findsIn(ExperimentJson.schema()).shouldBeEmpty()
            draft.findsIn(ModelJson.schema().replaceFirst("\"object\"", "\"objet\"")).shouldNotBeEmpty()
        }

        Zoo.models.forEach { model ->
            "${model.name} fits its schema" { Schemas.model.findsIn(ModelJson.write(model)).shouldBeEmpty() }
        }

        "every model fits its schema" {
            checkAll(iterations = 300, anyModel) { model ->
                Schemas.model.findsIn(ModelJson.write(model)).shouldBeEmpty()
            }
        }

        "the recipes of the samples fit theirs" {
            val scripts = Path.of("..", "samples").listDirectoryEntries("*.model.kts")
            val recipes = scripts.flatMap { script -> DescriptionFiles.read(script).recipes.map { it.value } }
            recipes shouldHaveSize 26
            recipes.forEach { Schemas.recipe.findsIn(RecipeJson.write(it)).shouldBeEmpty() }
        }

        "what the command writes fits" {
            autoClose(Desk()).run {
                file("tiny.model.kts", "$tiny\nval short = recipe(text(\"a.txt\", context = 4), steps = 3)\n")
                Schemas.model.findsIn(heddle("json", "tiny.model.kts").out).shouldBeEmpty()
                val recipe = heddle("json", "tiny.model.kts", "--recipe", "short").out
                Schemas.recipe.findsIn(recipe).shouldBeEmpty()
                Schemas.model.findsIn(recipe).shouldNotBeEmpty()
            }
        }

        "an experiment fits its schema" {
            Schemas.experiment.findsIn(ExperimentJson.write(Experiments.everyWord)).shouldBeEmpty()
            Schemas.experiment.findsIn(RecipeJson.write(Experiments.everyWord.recipe)).shouldNotBeEmpty()
        }

        "every recipe fits its schema" {
            checkAll(iterations = 300, anyRecipe) { recipe ->
                Schemas.recipe.findsIn(RecipeJson.write(recipe)).shouldBeEmpty()
            }
        }

        "what does not fit is refused by both" {
            val written = ModelJson.write(Models.tiny())
            listOf(
                    "\"name\"" to "\"nam\"",
                    "\"name\": \"tiny\"," to "",
                    "\"kind\": \"model\"" to "\"kind\": \"recipe\"",
                    "\"heddle/1\"" to "\"heddle/2\"",
                    "\"width\": 8" to "\"width\": \"8\"",
                    "\"width\": 8" to "\"width\": 8.5",
                    "\"width\": 8" to "\"width\": 2147483648",
                    "\"width\": 8" to "\"width\": null",
                    "\"times\": 1," to "\"times\": 0,",
                    "\"times\": 1," to "\"times\": -1,",
                    "\"times\": 1," to "\"times\": 10001,",
                    "\"bias\": true" to "\"bias\": 1",
                    "\"dropout\": 0.0" to "\"dropout\": 1e400",
                    "\"gate\": \"none\"" to "\"gate\": \"shut\"",
                    "\"type\": \"causal\"" to "\"type\": \"casual\"",
                    "\"type\": \"causal\"" to "\"kind\": \"causal\"",
                    "\"type\": \"causal\"" to "\"type\": \"causal\", \"reach\": 3",
                    "\"frozen\": []" to "\"frozen\": {}",
                    "\"frozen\": []" to "\"frozen\": [1]",
                )
                .forEach { (old, new) ->
                    val broken = written.replaceFirst(old, new)
                    withClue("$old -> $new") {
                        Schemas.model.findsIn(broken).shouldNotBeEmpty()
                        told { ModelJson.read(broken, "tiny.json") }.shouldNotBeEmpty()
                    }
                }
        }

        "what a schema cannot tell is told when the document is read" {
            val written = ModelJson.write(Models.tiny())
            listOf(
                    written.replace("\"width\": 8,\n  \"comp", "\"width\": 8.0,\n  \"comp"),
                    written.replace("\"name\": \"tiny\",", "\"name\": \"tiny\", \"name\": \"tiny\","),
                    written.replace("\"times\": 1,", "\"times\": 10000, \"parts\": []}, {\"times\": 1,"),
                    written + " ".repeat(1 shl 24),
                )
                .forEach { document ->
                    Schemas.model.findsIn(document).shouldBeEmpty()
                    told { ModelJson.read(document, "tiny.json") }.shouldNotBeEmpty()
                }
        }
    })
