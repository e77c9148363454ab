package io.heddle.runtime.experiment;

import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;
import java.util.List;

/** Lets a training go by. */
final class Unheard implements TrainingListener {
    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {}

    @Override
    public void begunFrom(Path run, int taken, List<String> drawn) {}

    @Override
    public void step(StepReport report) {}

    @Override
    public void evaluated(EvaluationReport report) {}

    @Override
    public void saved(Path run, long step) {}
}
