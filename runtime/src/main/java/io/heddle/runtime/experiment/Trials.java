package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.experiment.Configuration;
import io.heddle.experiment.Divergence;
import io.heddle.experiment.Experiment;
import io.heddle.experiment.Trial;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.experiment.StepTimes.Cost;
import io.heddle.runtime.experiment.StepTimes.Timing;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.DivergedException;
import io.heddle.runtime.train.HeldOutFigure;
import io.heddle.runtime.train.TrainingOutcome;
import io.heddle.runtime.train.TrainingRun;
import io.heddle.runtime.train.TrainingStart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains trials, several at once, and knows what became of each. */
public final class Trials {
    /** All steps of a trial. */
    static final double ALL_STEPS = 1;

    private final TrialStore store;
    private final Preparation preparation;
    private final ExperimentResult.Setup setup;
    private final Path base;
    private final Path folder;
    private final Divergence divergence;
    private final HeldOutFigure judge;
    private final ComparisonListener listener;
    private final String code = CodeVersion.digest();

    Trials(
            TrialStore store,
            Preparation preparation,
            ExperimentResult.Setup setup,
            Path base,
            Path folder,
            Experiment experiment,
            ComparisonListener listener) {
        this.store = store;
        this.preparation = preparation;
        this.setup = setup;
        this.base = base;
        this.folder = folder;
        this.divergence = experiment.getDivergence();
        this.judge = HeldOutFigure.of(experiment.getJudge());
        this.listener = listener;
    }

    private String key(Trial trial) {
        return TrialKey.of(
                trial,
                preparation.mark(trial.getConfiguration()),
                preparation.start(trial.getConfiguration()),
                divergence,
                setup.threads(),
                code);
    }

    /** Names all of them, so that what became of each can be asked. */
    void plan(List<Trial> trials) {
        for (Trial trial : trials) {
            store.plan(trial, key(trial), preparation.parameters(trial.getConfiguration()), run(trial));
        }
    }

    /** The folder of a trial. */
    Path run(Trial trial) {
        return TrialFolders.of(folder.resolve("runs"), trial, key(trial));
    }

    /** How many of these have come to their end. */
    int done(List<Trial> trials) {
        return Math.toIntExact(trials.stream().filter(this::isDone).count());
    }

    private boolean isDone(Trial trial) {
        return store.ended(key(trial)).filter(Trials::isEnd).isPresent();
    }

    private static boolean isEnd(TrialEnd end) {
        return switch (end) {
            case TrialEnd.Finished _,TrialEnd.Diverged _ -> true;
            case TrialEnd.LeftOff _,TrialEnd.Unfinished _ -> false;
        };
    }

    /** What became of these, in their order. */
    List<TrialResult> results(List<Trial> trials) {
        return trials.stream().map(this::result).toList();
    }

    private TrialResult result(Trial trial) {
        return store.find(key(trial)).orElseThrow();
    }

    /**
     * Trains those that are not done yet, in their order, as many at once as the setup says.
     *
     * @param share of its steps that each is trained for, above 0 and at most 1
     * @throws ProblemsException when one cannot go on; the others are stopped and saved first
     */
    void train(List<Trial> trials, double share, BooleanSupplier stop) {
        SideBySide.run(setup.sideBySide(), trials.stream().filter(trial -> !isDone(trial)).toList(), stop, work(share));
    }

    private SideBySide.Work<Trial> work(double share) {
        return (trial, stop) -> {
            try {
                train(trial, share, stop);
            } catch (ProblemsException wrong) {
                throw new ProblemsException(
                        wrong.getProblems().stream().map(problem -> named(trial, problem)).toList(), wrong);
            }
        };
    }

    private static Problem named(Trial trial, Problem problem) {
        String name = "%s, seed %d".formatted(trial.getConfiguration().getName(), trial.getSeed());
        return problem.copy(
                name + ": " + problem.getPlace(), problem.getTitle(), problem.getFacts(), problem.getMend());
    }

    /** How many steps a share of a trial is, rounded up. */
    static long steps(Trial trial, double share) {
        return (long) Math.ceil(trial.getRecipe().getSteps() * share);
    }

    private void train(Trial trial, double share, BooleanSupplier stop) {
        String key = key(trial);
        long wanted = steps(trial, share);
        if (share < ALL_STEPS && result(trial).steps() >= wanted) {
            return;
        }
        Configuration configuration = trial.getConfiguration();
        Path run = run(trial);
        store.begin(trial, key, preparation.parameters(configuration), run);
        TrainingStart start = start(trial, run);
        TrialObserver observer = new TrialObserver(store, trial, key, divergence);
        TrainingRun training =
                new TrainingRun(configuration.getVariant().getModel(), trial.getRecipe(), base, run);
        TrialProgress progress = new TrialProgress(trial, listener);
        TrialEnd end;
        double seconds;
        try (Engine engine = Engine.cpu(setup.threads())) {
            TrainingOutcome outcome = training.run(
                    engine,
                    start,
                    // An evaluation that has begun is not left off: it would be missing from the curve for good.
                    () -> progress.steps() == observer.recordedSteps()
                            && (stop.getAsBoolean() || (share < ALL_STEPS && progress.steps() >= wanted)),
                    progress,
                    observer);
            seconds = outcome.seconds();
            end = switch (outcome.end()) {
                case FINISHED -> finished(outcome, progress);
                case STOPPED -> new TrialEnd.Unfinished();
            };
        } catch (DivergedException diverged) {
            end = new TrialEnd.Diverged(diverged.step(), diverged.loss(), diverged.gradientNorm());
            seconds = observer.seconds();
        }
        observer.hand();
        store.end(key, end, observer.recordedSteps(), seconds);
        listener.ended(trial, end, observer.recordedSteps());
    }

    /** No step follows the last one to tell that it broke the weights: the look at held-out data does. */
    private static TrialEnd finished(TrainingOutcome outcome, TrialProgress progress) {
        double loss = outcome.last().orElseThrow().loss();
        return Double.isFinite(loss)
                ? new TrialEnd.Finished()
                : new TrialEnd.Diverged(outcome.steps(), loss, progress.gradientNorm());
    }

    /** A checkpoint that knows more steps than the store would leave a gap in what is recorded: the store may be another copy. */
    private TrainingStart start(Trial trial, Path run) {
        long recorded = result(trial).metrics().stream().mapToLong(MetricsRow::step).max().orElse(-1);
        boolean isAhead = Checkpoint.find(run)
                .filter(checkpoint -> checkpoint.progress().steps() > recorded)
                .isPresent();
        return isAhead ? TrainingStart.FRESH : TrainingStart.RESUME;
    }

    /**
     * How long a step of each configuration takes, measured in turns with the first seed; empty when it was stopped before all were.
     */
    Optional<Map<Configuration, StepTime>> timesOfSteps(Experiment experiment, BooleanSupplier stop) {
        Path timings = folder.resolve("timing");
        Map<Configuration, Cost> costs = new LinkedHashMap<>();
        Map<Cost, Timing> timed = new LinkedHashMap<>();
        for (Configuration configuration : experiment.getConfigurations()) {
            Trial trial = new Trial(configuration, experiment.getSeeds().getFirst());
            Timing timing = new Timing(trial, TrialFolders.of(timings, trial, key(trial)));
            costs.put(configuration, timing.cost());
            timed.putIfAbsent(timing.cost(), timing);
        }
        new StepTimes(base, setup.threads(), stop).measure(List.copyOf(timed.values()), timings.resolve("uncounted"));
        Map<Configuration, StepTime> times = new LinkedHashMap<>();
        costs.forEach((configuration, cost) -> timed.get(cost)
                .found()
                .ifPresent(found -> times.put(configuration, found)));
        if (times.size() < costs.size()) {
            return Optional.empty();
        }
        times.forEach(listener::timed);
        return Optional.of(times);
    }

    /** Takes down that a trial is not gone on with. */
    void leaveOff(Trial trial) {
        String key = key(trial);
        TrialResult result = result(trial);
        if (!isEnd(result.end())) {
            store.end(key, new TrialEnd.LeftOff(), result.steps(), result.seconds());
            listener.ended(trial, new TrialEnd.LeftOff(), result.steps());
        }
    }

    /**
     * A number that is the lower the better the held-out figure is of what a trial would keep after a share of its steps: the last, or the
     * best; infinite when it diverged in them, or reached none.
     */
    double rank(Trial trial, double share) {
        long wanted = steps(trial, share);
        TrialResult result = result(trial);
        double last = TrialFigures.kept(
                trial.getRecipe().getEvaluation().getKeep(),
                result.metrics().stream().filter(row -> row.step() <= wanted && TrialFigures.isEvaluation(row)))
                .map(row -> judge.rank(TrialFigures.value(row, judge)))
                .orElse(Double.POSITIVE_INFINITY);
        boolean isLost = Double.isNaN(last) || (result.end() instanceof TrialEnd.Diverged end && end.step() <= wanted);
        return isLost ? Double.POSITIVE_INFINITY : last;
    }
}
