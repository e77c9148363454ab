package io.heddle.json

import io.heddle.model.Model
import io.heddle.model.Origins
import java.nio.file.Path

/** Stores models; see [JsonFormat]. Layers that are equal and neighbours are written once. */
public object ModelJson {
    private const val LONGEST_TEXT = 1_000

    private val format =
        JsonFormat("model", StoredModel.serializer(), LONGEST_TEXT) { tree, tell -> LayerBounds(tell).check(tree, "$") }

    /** [model] as a document; its origins and findings are no part of it. */
    @JvmStatic public fun write(model: Model): String = format.write(StoredModel.of(model))

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
        return stored.model(Origins(JsonOrigins(file, tree, stored.components)::of))
    }

    /** The model that the document in [file] holds. */
    @JvmStatic public fun read(file: Path): Model = read(JsonFiles.text(file), "${file.fileName}")

    /** What such documents look like, as a JSON Schema; see [JsonFormat.schema]. */
    @JvmStatic public fun schema(): String = format.schema()
}
