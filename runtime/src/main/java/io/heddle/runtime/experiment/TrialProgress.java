package io.heddle.runtime.experiment;

import io.heddle.experiment.Trial;
import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;
import java.util.List;

/** Says of a training which trial it is. */
final class TrialProgress implements TrainingListener {
    private final Trial trial;
    private final ComparisonListener listener;
    private long steps;
    private double gradientNorm = Double.NaN;

    TrialProgress(Trial trial, ComparisonListener listener) {
        this.trial = trial;
        this.listener = listener;
    }

    /** The last step that was taken, whether what is measured after it was measured or not. */
    long steps() {
        return steps;
    }

    /** Of the last step that was taken since this began to listen. */
    double gradientNorm() {
        return gradientNorm;
    }

    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {
        this.steps = done;
        listener.began(trial, done);
    }

    @Override
    public void begunFrom(Path run, int taken, List<String> drawn) {}

    @Override
    public void step(StepReport report) {
        steps = report.step();
        gradientNorm = report.gradientNorm();
        listener.step(trial, report);
    }

    @Override
    public void evaluated(EvaluationReport report) {
        listener.evaluated(trial, report);
    }

    @Override
    public void saved(Path run, long step) {}
}
