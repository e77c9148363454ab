package io.heddle.cli;

import io.heddle.runtime.train.TrainingListener.StepReport;
import java.io.PrintWriter;
import java.util.Locale;

/** A line now and then, for files and pipes. */
final class ProgressLines implements ProgressDisplay {
    private static final int LINES = 20;

    private final PrintWriter err;

    ProgressLines(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void show(StepReport step) {
        long every = Math.max(1, step.steps() / LINES);
        if (step.step() % every != 0 && step.step() != step.steps()) return;
        err.printf(
                Locale.ROOT,
                "step %,d of %,d   training loss %.3f   learning rate %.2e   %,.0f tokens/s%n",
                step.step(),
                step.steps(),
                step.loss(),
                step.rate(),
                step.tokensPerSecond());
        err.flush();
    }

    @Override
    public void clear() {}
}
