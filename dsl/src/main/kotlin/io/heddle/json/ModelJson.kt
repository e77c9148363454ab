package io.heddle.json

import io.heddle.messages.DocumentMessages
import io.heddle.model.Component
import io.heddle.model.LayerRun
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.Origins
import io.heddle.model.Within
import java.nio.file.Path
import kotlinx.serialization.Serializable

/** Stores models; see [JsonFormat]. Layers that are equal and neighbours are written once. */
public object ModelJson {
    private const val LONGEST_TEXT = 1_000
    private const val MOST_PARTS = 100_000

    private val format = JsonFormat("model", StoredModel.serializer(), LONGEST_TEXT, ::layers)

    /** [model] as a document; its origins and findings are no part of it. */
    @JvmStatic
    public fun write(model: Model): String =
        format.write(StoredModel(model.name, model.width, model.components, model.objectives, model.frozen))

    /**
     * The model that a document holds; what it says of its parts is told by JSON paths.
     *
     * The model may still be one that does not fit together: ask it with `check()`.
     *
     * @param file what to call the document in problems
     * @throws io.heddle.check.ProblemsException with everything that is wrong, each with its JSON path
     */
    @JvmStatic
    public fun read(text: String, file: String): Model {
        val tree = format.tree(text, file)
        val stored = format.decode(tree)
        val origins = Origins(JsonOrigins(file, tree, stored.components)::of)
        return Model(
            stored.name,
            stored.width,
            stored.components,
            stored.objectives,
            stored.frozen,
            origins,
            emptyList(),
        )
    }

    /** The model that the document in [file] holds. */
    @JvmStatic public fun read(file: Path): Model = read(JsonFiles.text(file), "${file.fileName}")

    /** What such documents look like, as a JSON Schema; see [JsonFormat.schema]. */
    @JvmStatic public fun schema(): String = format.schema()

    /** Every run of layers is told at least once, and all together are not more than a computer can list. */
    private fun layers(tree: JsonNode.Object, tell: JsonProblems) {
        var left = LayerRun.MOST
        var parts = MOST_PARTS.toLong()
        tree.runs().forEach { (path, run) ->
            val node = run["times"]
            val times = (node as? JsonNode.Number)?.text?.toIntOrNull() ?: return@forEach
            if (times < 1) tell.wrong(path, node) { DocumentMessages.noTimes() }
            else if (times > left) tell.wrong(path, node) { DocumentMessages.tooManyLayers(LayerRun.MOST) }
            else if (times * run.parts() > parts) tell.wrong(path, node) { DocumentMessages.tooManyParts(MOST_PARTS) }
            else {
                left -= times
                parts -= times * run.parts()
            }
        }
    }

    private fun JsonNode.Object.parts() = elements(this["parts"]).size.toLong()

    /** Every run of layers, with the path of its `times`. */
    private fun JsonNode.Object.runs(): List<Pair<String, JsonNode.Object>> =
        elements(this["components"]).flatMapIndexed { at, component ->
            elements((component as? JsonNode.Object)?.get("layers")).mapIndexedNotNull { run, layer ->
                (layer as? JsonNode.Object)?.let { "$.components[$at].layers[$run].times" to it }
            }
        }
}

@Serializable
private data class StoredModel(
    val name: String,
    val width: Int,
    @Within(0, MOST) val components: List<Component>,
    @Within(0, MOST) val objectives: List<Objective>,
    @Within(0, MOST) val frozen: List<String>,
) {
    companion object {
        /** Far more than any model has, and few enough to hold each against all others. */
        const val MOST = 256
    }
}
