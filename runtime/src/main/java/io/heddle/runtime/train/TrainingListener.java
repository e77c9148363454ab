package io.heddle.runtime.train;

import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Is told what happens in a training, in the thread that trains. */
public interface TrainingListener {
    /**
     * The training begins, or goes on.
     *
     * @param parameters how many numbers are trained
     * @param done steps that were taken before, 0 for a new run
     */
    void started(TrainingData data, long parameters, long done, long steps);

    /**
     * The training begins with weights of another run.
     *
     * @param taken how many of them
     * @param drawn the names of the model's weights that the run has not
     */
    void begunFrom(Path run, int taken, List<String> drawn);

    /** A step was taken. */
    void step(StepReport report);

    /** The held-out data was looked at. */
    void evaluated(EvaluationReport report);

    /** A checkpoint was written. */
    void saved(Path run, long step);

    /**
     * One step.
     *
     * @param step how many have been taken, this one included
     * @param loss mean over the labels of the step, before the weights changed
     * @param gradientNorm before clipping
     */
    record StepReport(
            long step, long steps, double loss, double rate, double gradientNorm, double tokensPerSecond) {}

    /**
     * One look at the held-out data.
     *
     * @param step how many steps have been taken
     * @param loss mean over the held-out labels
     * @param measures what was measured beside it, in the order of {@link Measure}
     */
    record EvaluationReport(long step, double loss, Map<Measure, Double> measures) {
        public EvaluationReport {
            measures = Collections.unmodifiableMap(new TreeMap<>(measures));
        }

        /** The value of a measure; empty where it was not measured. */
        public OptionalDouble measure(Measure measure) {
            return measures.containsKey(measure)
                    ? OptionalDouble.of(measures.get(measure))
                    : OptionalDouble.empty();
        }
    }
}
