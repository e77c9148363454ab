package io.heddle.cli;

import io.heddle.experiment.ExperimentJson;
import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.script.Choice;
import io.heddle.script.Described;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle json}: a model, a recipe or an experiment, fully written out. */
@Command(
        name = "json",
        description = "Write a model, a recipe or an experiment as JSON, with everything that was left out in the script.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle json gpt.model.kts > gpt.json",
            "  heddle json gpt.model.kts --recipe training > training.json"
        })
final class JsonVerb extends Verb {
    @Parameters(paramLabel = "FILE",
            description = "A script (*.model.kts), or what was stored (*.json).")
    private Path file;

    @Mixin
    private ModelOption model;

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "",
            description = "The recipe of this name, instead of a model.")
    private String recipe;

    @Option(names = "--experiment", paramLabel = "NAME", defaultValue = "",
            description = "The experiment of this name, instead of a model.")
    private String experiment;

    @Override
    int run() {
        var described = Descriptions.read(this, file);
        var given = Stream.of(model.isGiven(), !recipe.isEmpty(), !experiment.isEmpty()).filter(is -> is).count();
        if (given > 1) {
            throw new ParameterException(spec().commandLine(),
                    "Only one of --model, --recipe and --experiment is written. Choose one.");
        }
        out().print(document(described));
        out().flush();
        return ExitCode.DONE;
    }

    private String document(Described described) {
        var onlyExperiments = described.getModels().isEmpty() && described.getRecipes().isEmpty();
        if (!experiment.isEmpty() || (onlyExperiments && !model.isGiven() && recipe.isEmpty())) {
            return ExperimentJson.write(Choice.experiment(described, experiment));
        }
        var onlyRecipes = described.getModels().isEmpty() && !model.isGiven();
        return onlyRecipes || !recipe.isEmpty()
                ? RecipeJson.write(Choice.recipe(described, recipe))
                : ModelJson.write(model.choose(described));
    }
}
