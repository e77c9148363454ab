package io.heddle.runtime.experiment;

import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;

/** Counts the steps of a training. */
final class StepCount implements TrainingListener {
    private long steps;

    long steps() {
        return steps;
    }

    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {}

    @Override
    public void step(StepReport report) {
        steps = report.step();
    }

    @Override
    public void evaluated(EvaluationReport report) {}

    @Override
    public void saved(Path run, long step) {}
}
