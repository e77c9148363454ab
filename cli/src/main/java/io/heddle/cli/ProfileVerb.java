package io.heddle.cli;

import io.heddle.describe.Describe;
import io.heddle.graph.Graph;
import io.heddle.model.Model;
import io.heddle.runtime.files.AtomicFile;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.profile.ChromeTrace;
import io.heddle.runtime.profile.MachineLimits;
import io.heddle.runtime.profile.Profile;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heddle profile}: where the time of a training step goes. */
@Command(
        name = "profile",
        description = {
            "Time a training step without the update, node by node: by operation and by part of the model, with how much of what",
            "the machine can do is reached. Weights and data are random, as they do not matter here."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle profile samples/shakespeare.model.kts --size batch=12 --size text=64",
            "  heddle profile samples/shakespeare.model.kts --threads 1 --trace step.json"
        })
final class ProfileVerb extends Verb {
    private static final double LIMIT_SECONDS = 1;

    @Mixin
    private ModelFile file;

    @Option(
            names = "--size",
            paramLabel = "NAME=N",
            description = "A size: batch, or the length of an input by its name. May be repeated; 8 rows of 128, if left out.")
    private Map<String, Long> sizes = new TreeMap<>();

    @Option(names = "--runs", paramLabel = "N", converter = Positive.class, defaultValue = "20",
            description = "How many runs the medians are of; ${DEFAULT-VALUE}, if left out.")
    private int runs;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Writes the last run to this file, for chrome://tracing or ui.perfetto.dev.")
    private Optional<Path> trace;

    @Mixin
    private EngineOptions engine;

    @Override
    int run() {
        var chosen = file.read(this);
        Describe.checkSizes(chosen, sizes);
        try (var running = engine.open()) {
            Executable executable = TrainingProgram.of(RunnableModel.initialized(chosen, running, 1)).executable();
            Map<String, Long> filled = filled(chosen, executable.graph());
            Program program = executable.bind(filled, running.states(executable.graph(), filled));
            var profile = Profile.of(program, runs);
            var limits = MachineLimits.measured(engine.count(), LIMIT_SECONDS);
            out().print(ProfileTable.text(chosen.getName(), program.sizes(), engine.count(), profile, limits));
            out().flush();
            trace.ifPresent(target -> AtomicFile.writeText(target, ChromeTrace.text(profile.lastRun())));
        }
        return ExitCode.DONE;
    }

    /** The sizes that were given, and usual ones for the others. */
    private Map<String, Long> filled(Model chosen, Graph graph) {
        var all = new TreeMap<>(UsualSizes.of(chosen, graph));
        all.putAll(sizes);
        return all;
    }
}
