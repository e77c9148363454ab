package io.heddle.script

import io.heddle.check.ProblemsException
import io.heddle.experiment.ExperimentJson
import io.heddle.json.ModelJson
import io.heddle.json.RecipeJson
import io.heddle.script.messages.ChoiceMessages
import java.nio.file.Path
import kotlin.io.path.name

/**
 * Reads what files describe: scripts in Heddle's language (`*.model.kts`), and models, recipes and experiments as JSON
 * (`*.json`).
 */
public object DescriptionFiles {
    private val kind = Regex("\"kind\"\\s*:\\s*\"(\\w*)\"")

    /**
     * What [file] describes, which is at least one model, recipe or experiment; they may still be wrong: ask them with
     * `check()`.
     *
     * @throws ProblemsException with everything that keeps the file from being read: it is missing, no text, does not
     *   compile ...
     */
    @JvmStatic
    public fun read(file: Path): Described {
        val text = DescriptionText.read(file)
        val described = if (file.name.endsWith(DescriptionText.JSON)) json(file, text) else script(file, text)
        if (described.models.isEmpty() && described.recipes.isEmpty() && described.experiments.isEmpty()) {
            throw ProblemsException(ChoiceMessages.nothing("$file"))
        }
        return described
    }

    private fun script(file: Path, text: String) =
        ScriptHost(ScriptCache(CacheFolder.here().resolve("scripts"))).read(file, text)

    private fun json(file: Path, text: String): Described =
        when (kind.find(text)?.groupValues?.get(1)) {
            "recipe" -> {
                val recipe = Named("recipe", RecipeJson.read(text, file.name))
                Described(file, emptyList(), listOf(recipe), emptyList(), emptyList())
            }
            "experiment" -> {
                val experiment = Named("experiment", ExperimentJson.read(text, file.name))
                Described(file, emptyList(), emptyList(), listOf(experiment), emptyList())
            }
            else -> {
                val model = Named("model", ModelJson.read(text, file.name))
                Described(file, listOf(model), emptyList(), emptyList(), emptyList())
            }
        }
}
