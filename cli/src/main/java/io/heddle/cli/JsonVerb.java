package io.heddle.cli;

import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.script.Choice;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle json}: a model or a recipe, fully written out. */
@Command(
        name = "json",
        description = "Write a model or a recipe as JSON, with everything that was left out in the script.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle json gpt.model.kts > gpt.json",
            "  heddle json gpt.model.kts --recipe training > training.json"
        })
final class JsonVerb extends Verb {
    @Parameters(paramLabel = "FILE",
            description = "A script (*.model.kts), or a model or recipe that was stored (*.json).")
    private Path file;

    @Mixin
    private ModelOption model;

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "",
            description = "The recipe of this name, instead of a model.")
    private String recipe;

    @Override
    int run() {
        var described = Descriptions.read(this, file);
        if (model.isGiven() && !recipe.isEmpty()) {
            throw new ParameterException(spec().commandLine(),
                    "--model and --recipe cannot both be written. Choose one.");
        }
        var onlyRecipes = described.getModels().isEmpty() && !model.isGiven();
        out().print(
                onlyRecipes || !recipe.isEmpty()
                        ? RecipeJson.write(Choice.recipe(described, recipe))
                        : ModelJson.write(model.choose(described)));
        out().flush();
        return ExitCode.DONE;
    }
}
