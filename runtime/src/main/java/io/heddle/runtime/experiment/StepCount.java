package io.heddle.runtime.experiment;

import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;

/** Lets a training go by, and knows how many steps it has taken, those before it began to listen included. */
final class StepCount implements TrainingListener {
    private long taken;

    long steps() {
        return taken;
    }

    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {
        taken = done;
    }

    @Override
    public void step(StepReport report) {
        taken = report.step();
    }

    @Override
    public void evaluated(EvaluationReport report) {}

    @Override
    public void saved(Path run, long step) {}
}
