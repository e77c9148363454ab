package io.heddle.script

import io.heddle.check.ProblemsException
import io.heddle.json.ModelJson
import io.heddle.json.RecipeJson
import io.heddle.script.messages.ChoiceMessages
import java.nio.file.Path
import kotlin.io.path.name

/**
 * Reads what files describe: scripts in Heddle's language (`*.model.kts`), and models and recipes as JSON (`*.json`).
 */
public object DescriptionFiles {
    private val holdsRecipe = Regex("\"kind\"\\s*:\\s*\"recipe\"")

    /**
     * What [file] describes, which is at least one model or recipe; they may still be wrong: ask them with `check()`.
     *
     * @throws ProblemsException with everything that keeps the file from being read: it is missing, no text, does not
     *   compile ...
     */
    @JvmStatic
    public fun read(file: Path): Described {
        val text = DescriptionText.read(file)
        val described = if (file.name.endsWith(DescriptionText.JSON)) json(file, text) else script(file, text)
        if (described.models.isEmpty() && described.recipes.isEmpty()) {
            throw ProblemsException(ChoiceMessages.nothing("$file"))
        }
        return described
    }

    private fun script(file: Path, text: String) =
        ScriptHost(ScriptCache(CacheFolder.here().resolve("scripts"))).read(file, text)

    private fun json(file: Path, text: String): Described =
        if (holdsRecipe.containsMatchIn(text)) {
            Described(file, emptyList(), listOf(Named("recipe", RecipeJson.read(text, file.name))), emptyList())
        } else {
            Described(file, listOf(Named("model", ModelJson.read(text, file.name))), emptyList(), emptyList())
        }
}
