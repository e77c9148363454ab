package io.heddle.specs.zoo

import io.heddle.dsl.EditScope
import io.heddle.dsl.edit
import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.specs.golden.bart
import io.heddle.specs.golden.bert
import io.heddle.specs.golden.clip
import io.heddle.specs.golden.detr
import io.heddle.specs.golden.gpt2Reference
import io.heddle.specs.golden.llama
import io.heddle.specs.golden.longformer
import io.heddle.specs.golden.t5
import io.heddle.specs.golden.vit
import io.heddle.terms.Global
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** In the sizes of a reference, the zoo's model is the one that is held to the reference's numbers. */
class ZooIsTheReferenceSpec :
    FunSpec({
        becomes("bert-base", bert().model, wide + ("length 512" to "64")) {
            remove("follows")
            remove("pooled")
        }
        becomes("gpt2", gpt2Reference().model, wide + mapOf("length 1024" to "32", "hidden 3072" to "96"))
        becomes("bart-base", bart().model, wide + mapOf("length 1024" to "32", "times 6" to "2"))
        becomes(
            "t5-small",
            t5("t5_relu", gated = false).model,
            eight + mapOf("hidden 2048" to "40", "buckets 32" to "8", "distance 128" to "16"),
        )
        becomes(
            "llama-3-8b",
            llama().model,
            mapOf("width 4096" to "24", "tableWidth 4096" to "24", "vocabulary 128256" to "60", "times 32" to "2")
                .plus(mapOf("heads 32" to "4", "keyValueHeads 8" to "4", "headWidth 128" to "6"))
                .plus(mapOf("valueWidth 128" to "6", "hidden 14336" to "40"))
                .plus(mapOf("epsilon 1.0E-5" to "1.0E-6", "base 500000.0" to "10000.0")),
        )
        becomes(
            "vit-base",
            vit().model,
            wide +
                mapOf("rows 224" to "16", "columns 224" to "16", "patch 16" to "4", "length 197" to "17") +
                mapOf("classes 1000" to "5", "epsilon 1.0E-6" to "1.0E-12"),
        )
        becomes(
            "clip-vit-b-32",
            clip().model,
            wide +
                eight +
                mapOf("rows 224" to "16", "columns 224" to "16", "patch 32" to "4", "length 50" to "17") +
                mapOf("length 77" to "16", "contrast 512" to "12", "hidden 2048" to "40"),
        )
        becomes(
            "detr-resnet-50",
            detr().model,
            eight +
                mapOf("width 256" to "24", "headWidth 32" to "6", "valueWidth 32" to "6", "channels 2048" to "16") +
                mapOf("count 100" to "6", "length 100" to "6", "classes 92" to "5", "hidden 2048" to "40"),
        )
        becomes(
            "longformer",
            longformer(intArrayOf(0)),
            wide + mapOf("length 4096" to "38", "segments 1" to "2", "epsilon 1.0E-5" to "1.0E-12"),
        ) {
            attention("encoder/0/attention") { mask = Window(2) or Global(0) }
            attention("encoder/1/attention") { mask = Window(4) or Global(0) }
        }
    })

/** What `ZooSpec` holds the scripts to. */
private val folder = Path.of("src", "test", "resources", "golden", "zoo")

/** From a model of twelve layers and heads. */
private val wide =
    mapOf("width 768" to "24", "tableWidth 768" to "24", "times 12" to "2", "heads 12" to "4")
        .plus(mapOf("keyValueHeads 12" to "4", "headWidth 64" to "6", "valueWidth 64" to "6", "hidden 3072" to "40"))
        .plus(listOf(30_522, 50_257, 50_265, 49_408).associate { "vocabulary $it" to "60" })

/** From a model of six layers and eight heads. */
private val eight =
    mapOf("width 512" to "24", "tableWidth 512" to "24", "times 6" to "2", "heads 8" to "4")
        .plus(mapOf("keyValueHeads 8" to "4", "headWidth 64" to "6", "valueWidth 64" to "6"))
        .plus("vocabulary 32128" to "60")

private fun FunSpec.becomes(
    name: String,
    reference: Model,
    sizes: Map<String, String>,
    edit: EditScope.() -> Unit = {},
) {
    test("$name, in the sizes of the reference, is the model that is held to it") {
        val resized = resized(Json.parseToJsonElement((folder / "$name.json").readText()), sizes)
        computing(ModelJson.read(resized.toString(), "$name.json").edit(edit)) shouldBe computing(reference)
    }
}

/** A document whose numbers are others where [sizes] has their key, or their object's type, and the number. */
private fun resized(element: JsonElement, sizes: Map<String, String>): JsonElement =
    when (element) {
        is JsonArray -> JsonArray(element.map { resized(it, sizes) })
        is JsonObject -> {
            val type = (element["type"] as? JsonPrimitive)?.content
            JsonObject(
                element.mapValues { (key, value) ->
                    val said = (value as? JsonPrimitive)?.content
                    val other = sizes["$type $said"] ?: sizes["$key $said"]
                    if (other == null) resized(value, sizes) else JsonPrimitive(other.toBigDecimal())
                }
            )
        }
        is JsonPrimitive -> element
    }

/**
 * The document of a model without what decides no number that is computed: how it begins, its name, what is dropped.
 */
private fun computing(model: Model): String {
    fun stripped(element: JsonElement): JsonElement =
        when (element) {
            is JsonArray -> JsonArray(element.map(::stripped))
            is JsonObject ->
                JsonObject(
                    element.filterKeys { it !in setOf("initializer", "dropout") }.mapValues { stripped(it.value) }
                )
            is JsonPrimitive -> element
        }
    val document = Json.parseToJsonElement(ModelJson.write(model)) as JsonObject
    return Json { prettyPrint = true }
        .encodeToString(JsonElement.serializer(), stripped(JsonObject(document - "name" - "objectives")))
}
