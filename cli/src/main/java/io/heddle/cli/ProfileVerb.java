package io.heddle.cli;

import io.heddle.describe.Describe;
import io.heddle.dims.Dims;
import io.heddle.graph.Graph;
import io.heddle.lowering.DecodingView;
import io.heddle.model.Model;
import io.heddle.runtime.files.AtomicFile;
import io.heddle.runtime.model.ModelRoles;
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

/** {@code heddle profile}: where the time of a training step goes, or of a token that is read. */
@Command(
        name = "profile",
        description = {
            "Time a training step without the update, node by node: by operation and by part of the model, with how much of what",
            "the machine can do is reached. With --after, time instead how a token is read while the model writes. Weights and",
            "data are random, as they do not matter here."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle profile samples/shakespeare.model.kts --size batch=12 --size text=64",
            "  heddle profile samples/shakespeare.model.kts --threads 1 --trace step.json",
            "  heddle profile samples/shakespeare.model.kts --after 63 --weights bf16"
        })
final class ProfileVerb extends Verb {
    private static final double LIMIT_SECONDS = 1;

    @Mixin
    private ModelFile file;

    @Option(
            names = "--size",
            paramLabel = "NAME=N",
            description = {
                "A size: batch, or the length of an input by its name. May be repeated; 8 rows of 128, if left out, and with",
                "--after 1 row of 1 token."
            })
    private Map<String, Long> sizes = new TreeMap<>();

    @Option(names = "--after", paramLabel = "N", converter = Count.class,
            description = {
                "Time how the next token, or as many as --size says, is read after this many that are cached."
            })
    private Optional<Integer> after;

    @Mixin
    private StoredWeights weights;

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
        if (after.isEmpty()) {
            weights.requireFloats("--after: a training step changes its weights.");
        }
        Describe.checkSizes(chosen, sizes);
        try (var running = engine.open()) {
            var model = RunnableModel.initialized(chosen, running, 1);
            Program program = after.map(cached -> reading(weights.of(model), cached)).orElseGet(() -> training(model));
            var profile = Profile.of(program, runs);
            var limits = MachineLimits.measured(engine.count(), LIMIT_SECONDS);
            out().print(ProfileTable.text(chosen.getName(), program.sizes(), engine.count(), profile, limits));
            out().flush();
            trace.ifPresent(target -> AtomicFile.writeText(target, ChromeTrace.text(profile.lastRun())));
        }
        return ExitCode.DONE;
    }

    private Program training(RunnableModel model) {
        Executable executable = TrainingProgram.of(model).executable();
        return bound(executable, model, filled(model.model(), executable.graph()));
    }

    /** Tokens that are read after those that are cached, of which the cache has no more. */
    private Program reading(RunnableModel model, int cached) {
        Executable executable = model.decoding(DecodingView.Next.INSTANCE);
        Map<String, Long> all = filled(model.model(), executable.graph());
        String written = ModelRoles.of(model.model()).written().getName();
        long tokens = sizes.getOrDefault(written, 1L);
        Describe.checkSizes(model.model(), Map.of(written, cached + tokens));
        all.put("batch", sizes.getOrDefault("batch", 1L));
        all.put(written, tokens);
        all.put(Dims.capacity.toString(), cached + tokens);
        return bound(executable, model, all);
    }

    private static Program bound(Executable executable, RunnableModel model, Map<String, Long> sizes) {
        return executable.bind(sizes, model.engine().states(executable.graph(), sizes));
    }

    /** The sizes that were given, and usual ones for the others. */
    private Map<String, Long> filled(Model chosen, Graph graph) {
        var all = new TreeMap<>(UsualSizes.of(chosen, graph));
        all.putAll(sizes);
        return all;
    }
}
