package io.heddle.cli;

import io.heddle.runtime.train.TrainingListener.StepReport;
import java.io.PrintWriter;
import java.util.Locale;

/** One line of a terminal, written over and over. */
final class ProgressLine implements ProgressDisplay {
    private static final int BAR = 24;
    private static final long REDRAW_NANOSECONDS = 100_000_000;
    private static final int MINUTE = 60;

    private final PrintWriter terminal;
    private long drawn;
    private long begun;
    private long firstStep;
    private boolean visible;

    ProgressLine(PrintWriter terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void show(StepReport step) {
        long now = System.nanoTime();
        if (begun == 0) {
            begun = now;
            firstStep = step.step();
        }
        if (visible && now - drawn < REDRAW_NANOSECONDS) return;
        terminal.print("\r" + line(step, left(step, now)) + "\033[K");
        terminal.flush();
        drawn = now;
        visible = true;
    }

    @Override
    public synchronized void clear() {
        if (!visible) return;
        terminal.print("\r\033[K");
        terminal.flush();
        visible = false;
    }

    static String line(StepReport step, String left) {
        int done = (int) (step.step() * BAR / step.steps());
        var bar = "#".repeat(done) + ".".repeat(BAR - done);
        return String.format(
                Locale.ROOT,
                "[%s] %,d/%,d  loss %.3f  %,.0f tokens/s%s",
                bar,
                step.step(),
                step.steps(),
                step.loss(),
                step.tokensPerSecond(),
                left);
    }

    private String left(StepReport step, long now) {
        long taken = step.step() - firstStep;
        if (taken == 0) return "";
        long seconds = Math.round((now - begun) / 1e9 / taken * (step.steps() - step.step()));
        return String.format(Locale.ROOT, "  %d:%02d left", seconds / MINUTE, seconds % MINUTE);
    }
}
