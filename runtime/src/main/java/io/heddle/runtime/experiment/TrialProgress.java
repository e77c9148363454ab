package io.heddle.runtime.experiment;

import io.heddle.experiment.Trial;
import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;

/** Says of a training which trial it is. */
final class TrialProgress implements TrainingListener {
    private final Trial trial;
    private final ComparisonListener listener;

    TrialProgress(Trial trial, ComparisonListener listener) {
        this.trial = trial;
        this.listener = listener;
    }

    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {
        listener.began(trial, done);
    }

    @Override
    public void step(StepReport report) {
        listener.step(trial, report);
    }

    @Override
    public void evaluated(EvaluationReport report) {
        listener.evaluated(trial, report);
    }

    @Override
    public void saved(Path run, long step) {}
}
