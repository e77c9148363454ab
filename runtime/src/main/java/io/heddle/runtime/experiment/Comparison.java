package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.experiment.Configuration;
import io.heddle.experiment.Experiment;
import io.heddle.experiment.ExperimentChecks;
import io.heddle.experiment.ExperimentPlans;
import io.heddle.experiment.Parity;
import io.heddle.experiment.Resource;
import io.heddle.experiment.Trial;
import io.heddle.runtime.files.FolderLock;
import io.heddle.runtime.messages.ExperimentStoreMessages;
import io.heddle.runtime.tensor.MemoryLimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * An experiment in a folder: begun there, or gone on with. What is finished is never trained again, as long as model, recipe,
 * seed, data and the code of Heddle are the same.
 *
 * <pre>
 *   out/runs.sqlite      see {@link TrialStore}
 *   out/runs.csv ...     see {@link ResultFiles}
 *   out/runs/NAME/       a {@link io.heddle.runtime.train.TrainingRun} for each trial
 *   out/data/            what Heddle wrote itself to train on
 *   out/heddle.lock      one comparison at a time
 * </pre>
 */
public final class Comparison {
    /** The share of the memory that is left which trials may take together. */
    private static final double SHARE = 0.8;

    private final Experiment experiment;
    private final Path base;
    private final Path folder;
    private final Sizing sizing;
    private final String version;

    /**
     * A comparison.
     *
     * @param base what the recipe's relative paths are relative to
     * @param folder where it is kept
     * @param version what Heddle calls its version, for the record
     */
    public Comparison(Experiment experiment, Path base, Path folder, Sizing sizing, String version) {
        this.experiment = experiment;
        this.base = base;
        this.folder = folder;
        this.sizing = sizing;
        this.version = version;
    }

    /**
     * Trains all that is not trained yet, or until {@code stop} says so; then everything is saved, and the same comparison
     * goes on from there.
     *
     * @throws ProblemsException before anything is trained, with all that is wrong with any variant, its recipe or its data; when another
     *     comparison runs in the folder; when something cannot be written: what was recorded before stays
     */
    public ExperimentResult run(Search search, BooleanSupplier stop, ComparisonListener listener) {
        List<Problem> problems = new ArrayList<>(ExperimentChecks.check(experiment));
        refuse(problems.isEmpty() ? search.problems(experiment.getTrials()) : problems);
        try (FolderLock _ = FolderLock.take(folder, ExperimentStoreMessages.comparing())) {
            Preparation preparation = new Preparation(experiment, base, generated());
            try (TrialStore store = TrialStore.openHeld(folder.resolve("runs.sqlite"), experiment, version)) {
                return run(search, preparation, store, stop, listener);
            }
        }
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private Path generated() {
        return folder.resolve("data");
    }

    private ExperimentResult run(
            Search search, Preparation preparation, TrialStore store, BooleanSupplier stop,
            ComparisonListener listener) {
        ExperimentResult.Setup setup = setup(preparation);
        Trials trials = new Trials(store, preparation, setup, base, folder, experiment, listener);
        Optional<Map<Configuration, StepTime>> times = times(trials, stop);
        if (times.isEmpty()) {
            return new ExperimentResult(experiment, setup, store.results());
        }
        List<Trial> planned = planned(times.get());
        refuse(search.problems(planned));
        trials.plan(planned);
        listener.planned(planned.size(), trials.done(planned), setup);
        search.run(planned, trials, stop);
        ExperimentResult result =
                new ExperimentResult(experiment, setup, trials.results(planned), times.get(), List.of());
        write(store, result.trials());
        return stop.getAsBoolean()
                ? result
                : result.with(new HeldOutReading(base, generated(), trials::run).of(result));
    }

    private void write(TrialStore store, List<TrialResult> results) {
        ResultFiles.write(folder, results, store::begun);
        Set<TrialName> others = store.names();
        results.stream()
                .filter(result -> store.begun(result.key()).isPresent())
                .forEach(result -> others.remove(TrialName.of(result.trial())));
        TensorBoardRuns.remove(folder.resolve("tensorboard"), others);
    }

    /** How long a step of each configuration takes, where that is to be known; empty when that was stopped. */
    private Optional<Map<Configuration, StepTime>> times(Trials trials, BooleanSupplier stop) {
        boolean isTimed = experiment.getParity() instanceof Parity.Rescaled rescaled
                && rescaled.getResource() == Resource.Time;
        return isTimed ? trials.timesOfSteps(experiment, stop) : Optional.of(Map.of());
    }

    private List<Trial> planned(Map<Configuration, StepTime> times) {
        return switch (experiment.getParity()) {
            case Parity.None _,Parity.Required _ -> experiment.getTrials();
            case Parity.Rescaled rescaled -> switch (rescaled.getResource()) {
                case Resource.Parameters -> experiment.getTrials();
                case Resource.Operations ->
                        ExperimentPlans.rescaledByOperations(experiment);
                case Resource.Time -> ExperimentPlans.rescaled(
                        experiment, same -> steps -> steps * times.get(same).seconds());
            };
        };
    }

    private ExperimentResult.Setup setup(Preparation preparation) {
        long fit = (long) (MemoryLimit.left() * SHARE) / Math.max(1, preparation.bytes());
        int atOnce = Math.clamp(fit, 1, sizing.sideBySide());
        String machine = "%s %s, %d processors".formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        return new ExperimentResult.Setup(version, machine, sizing.threads(), atOnce);
    }
}
