package io.heddle.runtime.experiment;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.minBy;

import io.heddle.check.ProblemsException;
import io.heddle.experiment.ExperimentPlans;
import io.heddle.experiment.Trial;
import io.heddle.experiment.Variant;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.files.FolderTree;
import io.heddle.runtime.messages.ExperimentMessages;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.record.MetricsLog;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.DivergedException;
import io.heddle.runtime.train.TrainingRun;
import io.heddle.runtime.train.TrainingStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * How long a step of each of several trials takes: the shortest of a few steps of each.
 *
 * <p>A machine is faster at one time than at another, and the JVM finds out only while it runs what to compile. So all trials
 * take steps that are not counted, before any takes one that is; and then they take turns, until each has come to about its shortest
 * step in two of them, or there were many.
 *
 * <p>These steps are of trainings of their own, however few the trial has, and change next to nothing, so that none diverges.
 */
final class StepTimes {
    private static final int TURNS = 3;

    private static final int MOST_TURNS = 6;

    /** The steps of a turn, of which the first ones find out where things are in memory. */
    private static final int TURN = 7;

    private static final int UNCOUNTED = 2;
    private static final int STEPS = MOST_TURNS * TURN;

    /** At least so many steps, and so many nanoseconds, before any is counted. */
    private static final int WARM_UP = 5;

    private static final long WARM_UP_NANOSECONDS = 1_000_000_000;

    private final Path base;
    private final int threads;
    private final BooleanSupplier stop;

    /**
     * Measures with so many threads, until {@code stop} says that it should not.
     *
     * @param base what the recipes' relative paths are relative to
     */
    StepTimes(Path base, int threads, BooleanSupplier stop) {
        this.base = base;
        this.threads = threads;
        this.stop = stop;
    }

    /**
     * Steps of a trial that are timed.
     *
     * @param run where they are recorded
     */
    record Timing(Trial trial, Path run) {
        /** Trials that agree in this take as long. */
        Cost cost() {
            return new Cost(trial.getConfiguration().getVariant(), timed(trial, STEPS));
        }

        private int steps() {
            return Math.max(0, MetricsLog.read(run).size() - 1);
        }

        private int turns() {
            return steps() / TURN;
        }

        private boolean isDone() {
            return turns() >= TURNS && (turns() >= MOST_TURNS || time().isSteady());
        }

        /** How long a step takes; empty before enough of them are taken. */
        Optional<StepTime> found() {
            return isDone() ? Optional.of(time()) : Optional.empty();
        }

        private StepTime time() {
            double[] shortest = MetricsLog.read(run).stream()
                    .filter(row -> isCounted(row.step()))
                    .collect(groupingBy(row -> (row.step() - 1) / TURN,
                            mapping(StepTimes::seconds, minBy(naturalOrder()))))
                    .values()
                    .stream()
                    .flatMap(Optional::stream)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return new StepTime(shortest[0], shortest[1] / shortest[0] - 1);
        }
    }

    /** What decides how long a step takes. */
    record Cost(Variant variant, Recipe recipe) {}

    /** The row of step 0 is of no step. */
    private static boolean isCounted(long step) {
        return step > 0 && (step - 1) % TURN >= UNCOUNTED;
    }

    private static double seconds(MetricsRow row) {
        return row.metric("stepSeconds").orElseThrow().asDouble();
    }

    /**
     * Takes the steps of those that have not taken them earlier.
     *
     * @param uncounted where the steps that are not counted leave what they write; it is gone afterwards
     * @throws ProblemsException when one diverges before its weights have changed
     */
    void measure(List<Timing> timings, Path uncounted) {
        List<Timing> left = timings.stream().filter(timing -> !timing.isDone()).toList();
        left.forEach(timing -> warmUp(timing.trial(), uncounted));
        FolderTree.remove(uncounted);
        while (!left.isEmpty() && !stop.getAsBoolean()) {
            int turn = left.stream().mapToInt(Timing::turns).min().getAsInt() + 1;
            left.stream().filter(timing -> timing.turns() < turn).forEach(timing -> goOn(timing, turn * TURN));
            left = left.stream().filter(timing -> !timing.isDone()).toList();
        }
    }

    private void goOn(Timing timing, int steps) {
        train(timing.trial(), timing.run(), STEPS, TrainingStart.RESUME, at -> at >= steps);
    }

    private void warmUp(Trial trial, Path run) {
        long end = System.nanoTime() + WARM_UP_NANOSECONDS;
        train(trial, run, Integer.MAX_VALUE, TrainingStart.FRESH,
                at -> at >= WARM_UP && System.nanoTime() - end > 0);
    }

    private void train(Trial trial, Path run, int steps, TrainingStart start, LongPredicate isEnough) {
        if (stop.getAsBoolean()) {
            return;
        }
        TrainingRun training = new TrainingRun(
                trial.getConfiguration().getVariant().getModel(), timed(trial, steps), base, run);
        StepCount count = new StepCount();
        try (Engine engine = Engine.cpu(threads)) {
            training.run(engine, start, () -> stop.getAsBoolean() || isEnough.test(count.steps()), count);
        } catch (DivergedException diverged) {
            throw new ProblemsException(
                    List.of(ExperimentMessages.neverTimed(
                            trial.getConfiguration().getName())),
                    diverged);
        }
    }

    private static Recipe timed(Trial trial, int steps) {
        return ExperimentPlans.timed(trial.getRecipe(), steps);
    }
}
