package io.heddle.json

import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.recipe.Recipe
import java.nio.file.Path

/** Stores recipes; see [JsonFormat]. */
public object RecipeJson {
    private val format = JsonFormat("recipe", Recipe.serializer())

    /** [recipe] as a document. */
    @JvmStatic public fun write(recipe: Recipe): String = format.write(recipe)

    /**
     * The recipe that a document holds; ask it with `check()` whether its numbers make sense.
     *
     * @param file what to call the document in problems
     * @throws io.heddle.check.ProblemsException with everything that is wrong, each with its JSON path
     */
    @JvmStatic
    public fun read(text: String, file: String): Recipe {
        val tree = format.tree(text, file)
        val origins = LinkedHashMap<String, Origin>()
        origins[""] = Origin("$", "$file:${tree.line}")
        note(tree, "", file, origins)
        return format.decode(tree).toldAs(Recipe.UNNAMED, Origins(origins))
    }

    /** The recipe that the document in [file] holds. */
    @JvmStatic public fun read(file: Path): Recipe = read(JsonFiles.text(file), "${file.fileName}")

    /** What such documents look like, as a JSON Schema; see [JsonFormat.schema]. */
    @JvmStatic public fun schema(): String = format.schema()

    private fun note(node: JsonNode.Object, path: String, file: String, origins: MutableMap<String, Origin>) {
        node.members.forEach { (key, value, line) ->
            origins[path + key] = Origin("$.$path$key", "$file:$line")
            if (value is JsonNode.Object) note(value, "$path$key.", file, origins)
        }
    }
}
