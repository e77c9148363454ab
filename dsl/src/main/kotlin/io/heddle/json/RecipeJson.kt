package io.heddle.json

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
    @JvmStatic public fun read(text: String, file: String): Recipe = format.read(text, file)

    /** The recipe that the document in [file] holds. */
    @JvmStatic public fun read(file: Path): Recipe = format.read(file)
}
