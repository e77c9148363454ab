package io.heddle.experiment

import io.heddle.json.JsonFiles
import io.heddle.json.JsonFormat
import io.heddle.json.JsonNode
import io.heddle.json.JsonOrigins
import io.heddle.json.LayerBounds
import io.heddle.json.elements
import io.heddle.model.Origins
import java.nio.file.Path

/** Stores experiments; see [JsonFormat]. */
public object ExperimentJson {
    private const val LONGEST_TEXT = 100_000

    private val format =
        JsonFormat("experiment", Experiment.serializer(), LONGEST_TEXT) { tree, tell ->
            val bounds = LayerBounds(tell) // one for all models: together they are not more than can be listed
            models(tree).forEachIndexed { number, model -> model?.let { bounds.check(it, place(number)) } }
        }

    /** [experiment] as a document. */
    @JvmStatic public fun write(experiment: Experiment): String = format.write(experiment)

    /**
     * The experiment that a document holds; ask it with `check()` whether its variants can be compared.
     *
     * @param file what to call the document in problems
     * @throws io.heddle.check.ProblemsException with everything that is wrong, each with its JSON path
     */
    @JvmStatic
    public fun read(text: String, file: String): Experiment {
        val tree = format.tree(text, file)
        val experiment = format.decode(tree)
        val told =
            experiment.variants.zip(models(tree)).mapIndexed { number, (variant, node) ->
                if (node == null) variant
                else {
                    val origins = JsonOrigins(file, node, variant.model.components, place(number))
                    variant.copy(model = variant.model.with(origins = Origins(origins::of)))
                }
            }
        return experiment.copy(variants = told)
    }

    /** The experiment that the document in [file] holds. */
    @JvmStatic public fun read(file: Path): Experiment = read(JsonFiles.text(file), "${file.fileName}")

    /** What such documents look like, as a JSON Schema; see [JsonFormat.schema]. */
    @JvmStatic public fun schema(): String = format.schema()

    private fun models(tree: JsonNode.Object): List<JsonNode.Object?> =
        elements(tree["variants"]).map { (it as? JsonNode.Object)?.get("model") as? JsonNode.Object }

    private fun place(number: Int) = "$.variants[$number].model"
}
