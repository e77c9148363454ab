package io.heddle.runtime.experiment;

import io.heddle.experiment.Trial;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsLog;
import io.heddle.runtime.train.TrainingRun;
import io.heddle.runtime.train.TrainingStart;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** How long a step of a trial takes: the median of a few, alone on the machine. */
final class StepTimes {
    /** Steps in which the JVM finds out what to compile. */
    private static final int WARM_UP = 10;

    private static final int MEASURED = 11;

    private StepTimes() {}

    /**
     * Seconds of a step; those of an earlier call where it left them.
     *
     * @param run where the steps are recorded
     */
    static double of(Trial trial, Path base, Path run, int threads, BooleanSupplier stop) {
        TrainingRun training = new TrainingRun(
                trial.getConfiguration().getVariant().getModel(), trial.getRecipe(), base, run);
        if (!training.hasCheckpoint() || steps(run) < WARM_UP + MEASURED) {
            try (Engine engine = Engine.cpu(threads)) {
                StepCount count = new StepCount();
                training.run(
                        engine,
                        TrainingStart.FRESH,
                        () -> stop.getAsBoolean() || count.steps() >= WARM_UP + MEASURED,
                        count);
            }
        }
        double[] seconds = MetricsLog.read(run).stream()
                .skip(1L + WARM_UP)
                .flatMap(row -> row.metric("stepSeconds").stream())
                .mapToDouble(Metric::asDouble)
                .sorted()
                .toArray();
        return seconds.length == 0 ? 1 : seconds[seconds.length / 2];
    }

    private static long steps(Path run) {
        return MetricsLog.read(run).size() - 1L;
    }
}
