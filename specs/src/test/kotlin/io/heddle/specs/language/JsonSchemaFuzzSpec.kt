package io.heddle.specs.language

import com.networknt.schema.Schema
import io.heddle.check.ProblemsException
import io.heddle.json.ModelJson
import io.heddle.json.RecipeJson
import io.heddle.specs.language.Schemas.findsIn
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.property.RandomSource
import kotlin.random.Random
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement

/** A schema refuses exactly the documents that are refused for their structure when they are read. */
class JsonSchemaFuzzSpec :
    StringSpec({
        fun agree(schema: Schema, random: Random, written: (RandomSource) -> String, read: (String) -> Unit) {
            var legal = 0
            var refused = 0
            repeat(600) { round ->
                val document = Json.parseToJsonElement(written(RandomSource.seeded(round.toLong())))
                val changed = (1..random.nextInt(1, 3)).fold(document) { before, _ -> JsonChange.any(before, random) }
                val text = Json.encodeToString(JsonElement.serializer(), changed)
                val found = schema.findsIn(text)
                val told =
                    try {
                        read(text)
                        ""
                    } catch (problems: ProblemsException) {
                        problems.message.orEmpty()
                    }
                withClue({ "round $round:\n$text\nthe reader says:\n$told" }) {
                    if (told.isEmpty()) found.shouldBeEmpty() else found.shouldNotBeEmpty()
                }
                if (told.isEmpty()) legal++ else refused++
            }
            legal shouldBeGreaterThan 50
            refused shouldBeGreaterThan 200
        }

        "models" {
            agree(Schemas.model, Random(2026), { ModelJson.write(anyModel.sample(it).value) }) {
                ModelJson.read(it, "changed.json")
            }
        }

        "recipes" {
            agree(Schemas.recipe, Random(2027), { RecipeJson.write(anyRecipe.sample(it).value) }) {
                RecipeJson.read(it, "changed.json")
            }
        }
    })
