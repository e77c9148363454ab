package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.experiment.Experiment;
import io.heddle.experiment.ExperimentPlans;
import io.heddle.experiment.Parity;
import io.heddle.experiment.Resource;
import io.heddle.experiment.Trial;
import io.heddle.runtime.tensor.MemoryLimit;
import java.nio.file.Path;
import java.util.List;
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
        Preparation preparation = new Preparation(experiment, base, folder.resolve("data"));
        try (TrialStore store = TrialStore.open(folder.resolve("runs.sqlite"), experiment, version)) {
            ExperimentResult.Setup setup = setup(preparation);
            Trials trials = new Trials(store, preparation, setup, base, folder, experiment.getDivergence(), listener);
            List<Trial> planned = planned(trials, stop);
            trials.plan(planned);
            listener.planned(planned.size(), trials.done(planned), setup);
            search.run(planned, trials, stop);
            ExperimentResult result = new ExperimentResult(experiment, setup, trials.results(planned));
            ResultFiles.write(folder, result.trials(), store::begun);
            return result;
        }
    }

    private List<Trial> planned(Trials trials, BooleanSupplier stop) {
        return switch (experiment.getParity()) {
            case Parity.None _,Parity.Required _ -> experiment.getTrials();
            case Parity.Rescaled rescaled -> switch (rescaled.getResource()) {
                case Resource.Parameters -> experiment.getTrials();
                case Resource.Operations ->
                        ExperimentPlans.rescaled(
                                experiment, same -> ExperimentPlans.operationsOfStep(same).doubleValue());
                case Resource.Time ->
                        ExperimentPlans.rescaled(experiment, trials.secondsOfSteps(experiment, stop)::get);
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
