package io.heddle.json

import io.heddle.messages.DocumentMessages
import io.heddle.model.Component
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.Origins
import java.nio.file.Path
import kotlinx.serialization.Serializable

/** Stores models; see [JsonFormat]. Layers that are equal and neighbours are written once. */
public object ModelJson {
    private const val MOST_LAYERS = 10_000

    private val format = JsonFormat("model", StoredModel.serializer(), ::layers)

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
        val origins = Origins(JsonOrigins(file).of(tree, stored.components))
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

    /** Every run of layers is told at least once, and all together are not more than a computer can list. */
    private fun layers(tree: JsonNode.Object, tell: JsonProblems) {
        var left = MOST_LAYERS
        tree.runs().forEach { (path, node) ->
            val times = (node as? JsonNode.Number)?.text?.toIntOrNull() ?: return@forEach
            if (times < 1) tell.wrong(path, node, DocumentMessages.noTimes())
            else if (times > left) tell.wrong(path, node, DocumentMessages.tooManyLayers(MOST_LAYERS))
            else left -= times
        }
    }

    /** The `times` of every run of layers, with its path. */
    private fun JsonNode.Object.runs(): List<Pair<String, JsonNode?>> =
        elements(this["components"]).flatMapIndexed { at, component ->
            elements((component as? JsonNode.Object)?.get("layers")).mapIndexed { run, layer ->
                "$.components[$at].layers[$run].times" to (layer as? JsonNode.Object)?.get("times")
            }
        }
}

@Serializable
private data class StoredModel(
    val name: String,
    val width: Int,
    val components: List<Component>,
    val objectives: List<Objective>,
    val frozen: List<String>,
)
