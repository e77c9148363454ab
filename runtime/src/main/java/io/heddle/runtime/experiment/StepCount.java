package io.heddle.runtime.experiment;

import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;
import java.util.List;

/** Lets a training go by, and knows how many steps it has taken, those before it began to listen included. */
final class StepCount implements TrainingListener {
    private long count;

    long steps() {
        return count;
    }

    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {
        count = done;
    }

    @Override
    public void begunFrom(Path run, int taken, List<String> drawn) {}

    @Override
    public void step(StepReport report) {
        count = report.step();
    }

    @Override
    public void evaluated(EvaluationReport report) {}

    @Override
    public void saved(Path run, long step) {}
}
