package io.heddle.cli;

import io.heddle.experiment.Experiment;
import io.heddle.experiment.QuickExperiments;
import io.heddle.report.Extent;
import io.heddle.report.ReportFiles;
import io.heddle.runtime.experiment.Comparison;
import io.heddle.runtime.experiment.ExperimentResult;
import io.heddle.runtime.experiment.Halving;
import io.heddle.runtime.experiment.Search;
import io.heddle.runtime.experiment.Sizing;
import io.heddle.runtime.experiment.TrialEnd;
import io.heddle.script.Choice;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle compare}: trains the variants of an experiment alike, and reports what became of them. */
@Command(
        name = "compare",
        description = {
            "Train the variants of an experiment alike, and report how they compare.",
            "",
            "Everything is checked before anything is trained. Ctrl-C saves and ends; the same command goes on where it ended, "
                    + "and never trains again what is done."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle compare samples/pre-vs-post.model.kts --experiment letters --quick",
            "  heddle compare search.model.kts --halving"
        })
final class CompareVerb extends Verb {
    @Parameters(paramLabel = "FILE",
            description = "A script (*.model.kts) with an experiment, or one that was stored (*.json).")
    private Path file;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Where to save and to report; runs/NAME, after the experiment, if left out.")
    private Optional<Path> out;

    @Option(names = "--experiment", paramLabel = "NAME", defaultValue = "",
            description = "Which experiment, where FILE has several.")
    private String experiment;

    @Option(names = "--quick", description = "A tenth of the steps, and of all that is counted in steps.")
    private boolean quick;

    @Option(names = "--halving",
            description = "Train all a little, the better half twice as long, and so on (successive halving).")
    private boolean halving;

    @Option(names = "--side-by-side", paramLabel = "N", converter = Positive.class,
            description = "How many train at once, at most; as many as there are cores, if left out.")
    private Integer sideBySide;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", converter = EngineOptions.Threads.class,
            description = "How many threads each training computes with; ${DEFAULT-VALUE} if left out.")
    private int threads;

    @Override
    int run() {
        var described = Descriptions.read(this, file);
        var chosen = Choice.experiment(described, experiment);
        var plan = quick ? QuickExperiments.quick(chosen) : chosen;
        var folder = out.orElseGet(() -> RunFolders.usual(chosen.getName()));
        return compare(plan, Optional.ofNullable(file.getParent()).orElse(Path.of("")), folder);
    }

    private int compare(Experiment plan, Path base, Path folder) {
        var comparison = new Comparison(plan, base, folder, sizing(), Version.number());
        var display = new ComparisonDisplay(out(), err(), Terminal.showsStandardError());
        Search search = halving ? new Halving() : new Search.Everything();
        try (var interrupts = new Interrupts(() -> tellStopping(display))) {
            var result = comparison.run(search, interrupts::asked, display);
            display.clear();
            if (interrupts.asked() && !isWhole(result)) return tellStopped(folder, result);
            var extent = quick ? Extent.Tenth : Extent.Whole;
            ReportFiles.write(result, folder, extent);
            out().println();
            out().println(ReportFiles.statement(result, extent));
            out().println();
            out().println("The report is " + folder.resolve("report.html") + ".");
            out().flush();
            return ExitCode.DONE;
        } finally {
            display.clear();
        }
    }

    private Sizing sizing() {
        int atOnce = sideBySide == null
                ? Math.max(1, Runtime.getRuntime().availableProcessors() / threads)
                : sideBySide;
        return new Sizing(threads, atOnce);
    }

    private void tellStopping(ComparisonDisplay display) {
        display.clear();
        err().println(
                "Ending after these steps, and what is measured after them. Ctrl-C again ends at once, without saving.");
        err().flush();
    }

    private static boolean isWhole(ExperimentResult result) {
        return done(result) == result.trials().size();
    }

    private static long done(ExperimentResult result) {
        return result.trials().stream()
                .filter(trial -> switch (trial.end()) {
                    case TrialEnd.Finished _,TrialEnd.Diverged _,TrialEnd.LeftOff _ -> true;
                    case TrialEnd.Unfinished _ -> false;
                })
                .count();
    }

    private int tellStopped(Path folder, ExperimentResult result) {
        err().printf(Locale.ROOT,
                "Ended with %,d of %s done, saved in %s. The same command goes on from there.%n",
                done(result), Counted.of(result.trials().size(), "training"), folder);
        err().flush();
        return ExitCode.INTERRUPTED;
    }
}
