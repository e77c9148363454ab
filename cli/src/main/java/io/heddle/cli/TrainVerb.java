package io.heddle.cli;

import io.heddle.model.Model;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.Sample;
import io.heddle.runtime.generate.Prompts;
import io.heddle.runtime.train.TrainingOutcome;
import io.heddle.runtime.train.TrainingRun;
import io.heddle.runtime.train.TrainingStart;
import io.heddle.script.Choice;
import io.heddle.script.Described;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle train}: learns what a recipe says, and saves it. */
@Command(
        name = "train",
        description = {
            "Train a model by its recipe. The curve is printed, and everything is saved in a folder.",
            "",
            "Ctrl-C saves and ends; the same command goes on where it ended."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle train samples/shakespeare.model.kts",
            "  heddle train gpt.model.kts --out runs/seed-2 --seed 2",
            "  heddle train reviews.model.kts --from runs/bert --without next"
        })
final class TrainVerb extends WritingVerb {
    @Parameters(paramLabel = "FILE", description = "A script (*.model.kts), or a model that was stored (*.json).")
    private Path file;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where to save; runs/NAME, after the model, if left out.")
    private Optional<Path> out;

    @Option(names = "--fresh", description = "Begin anew, even where DIR holds a training to go on with.")
    private boolean fresh;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Which recipe, where FILE has several; or a file that describes one.")
    private String recipe;

    @Option(names = "--steps", paramLabel = "N", converter = Positive.class,
            description = "How many steps, instead of the recipe's.")
    private Integer steps;

    @Option(names = "--seed", paramLabel = "S", description = "The seed, instead of the recipe's.")
    private Long seed;

    @Option(names = "--from", paramLabel = "RUN",
            description = "Begin with the weights of a training or an import, instead of what the recipe says.")
    private Optional<Path> from;

    @Option(names = "--without", paramLabel = "PATH",
            description = {
                "Weights of RUN that are left out, such as those of its head: next, or decoder/*/feedForward/**.",
                "May be said several times."
            })
    private List<String> without = List.of();

    @Mixin
    private EngineOptions engine;

    @Override
    int run() {
        var described = Descriptions.read(this, file);
        var chosen = model.choose(described);
        var place = recipePlace(described);
        var ofVariant = recipe.isEmpty() ? model.recipe(described) : Optional.<Recipe>empty();
        var plan = RecipeChanges.apply(
                ofVariant.orElseGet(() -> Choice.recipe(place, isFile() ? "" : recipe)),
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
        var base = folderOf(place.getFile());
        if (from.isEmpty() && !without.isEmpty()) {
            throw new ParameterException(spec().commandLine(), "--without says what is left out of --from RUN.");
        }
        var begun = from.map(run -> RecipeChanges.startingWith(plan, inside(base, run), without)).orElse(plan);
        return train(chosen, model.called(described), begun, base);
    }

    private int train(Model chosen, String called, Recipe plan, Path base) {
        var folder = out.orElseGet(() -> RunFolders.usual(called));
        var display = Terminal.showsStandardError() ? new ProgressLine(err()) : new ProgressLines(err());
        var report = new TrainingReport(called, out(), display);
        var training = new TrainingRun(chosen, plan, base, folder);
        var start = fresh ? TrainingStart.FRESH : TrainingStart.RESUME;
        try (var interrupts = new Interrupts(() -> tellStopping(report)); var running = engine.open()) {
            var outcome = training.run(running, start, interrupts::asked, report);
            report.clear();
            return switch (outcome.end()) {
                case FINISHED -> finish(report, outcome, plan);
                case STOPPED -> tellStopped(folder, outcome);
            };
        } finally {
            report.clear();
        }
    }

    private int finish(TrainingReport report, TrainingOutcome outcome, Recipe plan) {
        switch (plan.getSample()) {
            case Sample.None _ -> {}
            case Sample.Text text -> writeSample(text, outcome, plan);
        }
        report.finished(outcome);
        return ExitCode.DONE;
    }

    private void writeSample(Sample.Text text, TrainingOutcome outcome, Recipe plan) {
        var model =
                TrainedModel.of(outcome.model(), outcome.tokenizers().orElseThrow(), plan);
        out().println();
        var prompts = Prompts.of(text, model.tokenizers(), model.roles());
        var asked = new Asked(
                text.getPrompt(), prompts, text.getTokens(), text.getDecoding(), plan.getSeed(), () -> false);
        write(model, asked, Optional.empty(), new Pace());
        out().println();
    }

    private void tellStopping(TrainingReport report) {
        report.clear();
        err().println("Ending after this step; an evaluation is left off. Ctrl-C again ends at once, without saving.");
        err().flush();
    }

    private int tellStopped(Path folder, TrainingOutcome outcome) {
        err().printf(Locale.ROOT, "Ended after step %,d, saved in %s. The same command goes on from there.%n",
                outcome.steps(), folder);
        err().flush();
        return ExitCode.INTERRUPTED;
    }

    private Described recipePlace(Described described) {
        return isFile() ? Descriptions.read(this, Path.of(recipe)) : described;
    }

    private boolean isFile() {
        return recipe.endsWith(".json") || recipe.endsWith(".kts")
                || (!recipe.isEmpty() && Files.exists(Path.of(recipe)));
    }

    /** A folder as the recipe's paths are: seen from its own, so that what is stored can be moved. */
    private static String inside(Path base, Path run) {
        var from = base.toAbsolutePath().normalize();
        var to = run.toAbsolutePath().normalize();
        return (to.getRoot().equals(from.getRoot()) ? from.relativize(to) : to).toString();
    }

    private static Path folderOf(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    }
}
