package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.experiment.Trial;
import io.heddle.experiment.Variation;
import io.heddle.recipe.Constant;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.messages.ExperimentMessages;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsLog;
import io.heddle.runtime.train.DivergedException;
import io.heddle.runtime.train.TrainingRun;
import io.heddle.runtime.train.TrainingStart;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * How long a step of a trial takes: the median of a few, alone on the machine.
 *
 * <p>They are steps of their own, however few the trial has, and change next to nothing, so that none diverges.
 */
final class StepTimes {
    /** Steps in which the JVM finds out what to compile. */
    private static final int WARM_UP = 10;

    private static final int MEASURED = 11;
    private static final int STEPS = WARM_UP + MEASURED;
    private static final double RATE = 1e-12;

    private StepTimes() {}

    /**
     * Seconds of a step; those of an earlier call where it left them. Empty when it was stopped before it knew.
     *
     * @param run where the steps are recorded
     * @throws ProblemsException when it diverges before its weights have changed
     */
    static OptionalDouble of(Trial trial, Path base, Path run, int threads, BooleanSupplier stop) {
        TrainingRun training = new TrainingRun(
                trial.getConfiguration().getVariant().getModel(), timed(trial.getRecipe()), base, run);
        if (!training.hasCheckpoint() || steps(run) < STEPS) {
            try (Engine engine = Engine.cpu(threads)) {
                training.run(engine, TrainingStart.FRESH, stop, new Unheard());
            } catch (DivergedException diverged) {
                throw new ProblemsException(
                        List.of(ExperimentMessages.neverTimed(
                                trial.getConfiguration().getName())),
                        diverged);
            }
        }
        if (steps(run) < STEPS) {
            return OptionalDouble.empty();
        }
        double[] seconds = MetricsLog.read(run).stream()
                .skip(1L + WARM_UP)
                .flatMap(row -> row.metric("stepSeconds").stream())
                .mapToDouble(Metric::asDouble)
                .sorted()
                .toArray();
        return OptionalDouble.of(seconds[seconds.length / 2]);
    }

    /** The recipe by which steps are timed; settings that differ in nothing else take as long. */
    static Recipe timed(Recipe recipe) {
        Recipe slow = new Variation.LearningRate(List.of(RATE)).change(recipe, 0);
        return new Variation.Steps(List.of(STEPS))
                .change(new Variation.Schedules(List.of(new Constant())).change(slow, 0), 0);
    }

    private static long steps(Path run) {
        return MetricsLog.read(run).size() - 1L;
    }
}
