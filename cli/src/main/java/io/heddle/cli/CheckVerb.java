package io.heddle.cli;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Model;
import io.heddle.script.Described;
import io.heddle.script.DescribedChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code heddle check}: tells everything that is wrong, or that nothing is. */
@Command(
        name = "check",
        description = {
            "Tell everything that is wrong with models, recipes and experiments, or that nothing is.",
            "Nothing is computed, and no data is read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle check samples/shakespeare.model.kts",
            "  heddle check samples/zoo/variants.model.kts --model windowed"
        })
final class CheckVerb extends Verb {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Scripts (*.model.kts), or what was stored (*.json).")
    private List<Path> files;

    @Mixin
    private ModelOption model;

    @Override
    int run() {
        var problems = new ArrayList<Problem>();
        for (var file : files) {
            try {
                var described = model.only(Descriptions.read(this, file));
                var found = DescribedChecks.problems(described, files.size() > 1);
                if (found.isEmpty()) tellFine(described);
                problems.addAll(found);
            } catch (ProblemsException wrong) {
                problems.addAll(wrong.getProblems());
            }
        }
        out().flush();
        if (!problems.isEmpty()) throw new ProblemsException(problems);
        return ExitCode.DONE;
    }

    private void tellFine(Described described) {
        for (var model : described.getModels()) {
            out().println(described.getFile() + ": " + facts(model.getValue()));
        }
        for (var recipe : described.getRecipes()) {
            var steps = Counted.of(recipe.getValue().getSteps(), "step");
            out().println(described.getFile() + ": recipe " + recipe.getName() + " is fine: " + steps);
        }
        for (var experiment : described.getExperiments()) {
            var value = experiment.getValue();
            var variants = Counted.of(value.getVariants().size(), "variant");
            var trainings = Counted.of(value.getTrials().size(), "training");
            out().println(described.getFile() + ": experiment " + value.getName() + " is fine: " + variants + ", "
                    + trainings);
        }
    }

    private static String facts(Model model) {
        return String.format(Locale.ROOT, "%s is fine: %,d parameters", model.getName(),
                DescribedChecks.parameters(model));
    }
}
