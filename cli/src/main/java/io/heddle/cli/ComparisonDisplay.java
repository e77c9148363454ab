package io.heddle.cli;

import io.heddle.experiment.Configuration;
import io.heddle.experiment.Trial;
import io.heddle.runtime.experiment.ComparisonListener;
import io.heddle.runtime.experiment.ExperimentResult;
import io.heddle.runtime.experiment.StepTime;
import io.heddle.runtime.experiment.TrialEnd;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import io.heddle.runtime.train.TrainingListener.StepReport;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells of a comparison: a line for each training that ends, where results go; and, on a terminal, a line for each that runs,
 * written over and over.
 */
final class ComparisonDisplay implements ComparisonListener {
    private static final long REDRAW_NANOSECONDS = 200_000_000;
    private static final int BAR = 16;

    /** A longer line would be two on a terminal of 80 columns, of which only one would be taken away. */
    private static final int LINE = 79;

    private static final int SHORTEST = 12;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean isTerminal;
    private final Map<Trial, StepReport> running = new LinkedHashMap<>();
    private final Map<Trial, EvaluationReport> held = new LinkedHashMap<>();
    private int trials;
    private int done;
    private int drawnLines;
    private long drawn;

    ComparisonDisplay(PrintWriter out, PrintWriter err, boolean isTerminal) {
        this.out = out;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    @Override
    public synchronized void planned(int trials, int done, ExperimentResult.Setup setup) {
        this.trials = trials;
        this.done = done;
        var before = done == 0 ? "" : String.format(Locale.ROOT, ", %,d of them done before", done);
        var atOnce = Math.min(setup.sideBySide(), trials - done);
        var threads = setup.threads() == 1 ? "one thread" : setup.threads() + " threads";
        var way = switch (atOnce) {
            case 0 -> "";
            case 1 -> ", with " + threads;
            default -> String.format(Locale.ROOT, "; %d at once, with %s each", atOnce, threads);
        };
        say("%s%s%s", Counted.of(trials, "training"), before, way);
    }

    @Override
    public synchronized void timed(Configuration configuration, StepTime time) {
        var rough = time.isSteady()
                ? ""
                : String.format(Locale.ROOT, ", roughly: two turns came to %.0f %% apart, the machine is busy",
                        time.apart() * 100);
        say("%s: a step takes %.1f ms%s", configuration.getName(), time.seconds() * 1_000, rough);
    }

    @Override
    public synchronized void began(Trial trial, long steps) {
        if (isTerminal) return;
        err.println(name(trial)
                + (steps == 0 ? ": begins" : String.format(Locale.ROOT, ": goes on after step %,d", steps)));
        err.flush();
    }

    @Override
    public synchronized void step(Trial trial, StepReport report) {
        running.put(trial, report);
        if (!isTerminal || System.nanoTime() - drawn < REDRAW_NANOSECONDS) return;
        clear();
        running.forEach((one, last) -> err.println(line(one, last)));
        err.println(String.format(Locale.ROOT, "%,d of %s done", done, Counted.of(trials, "training")));
        err.flush();
        drawnLines = running.size() + 1;
        drawn = System.nanoTime();
    }

    @Override
    public synchronized void evaluated(Trial trial, EvaluationReport report) {
        held.put(trial, report);
        if (isTerminal) return;
        err.println(String.format(Locale.ROOT, "%s: step %,d%s", name(trial), report.step(), figures(report)));
        err.flush();
    }

    private static String figures(EvaluationReport report) {
        var measures = TrainingReport.told(report).map(measure -> "   " + measure).collect(Collectors.joining());
        return String.format(Locale.ROOT, "   validation loss %.3f%s", report.loss(), measures);
    }

    @Override
    public synchronized void ended(Trial trial, TrialEnd end, long steps) {
        running.remove(trial);
        var last = held.remove(trial);
        var loss = last == null ? "" : figures(last);
        switch (end) {
            case TrialEnd.Finished _ -> {
                done++;
                say("%s: %s%s", name(trial), Counted.of(steps, "step"), loss);
            }
            case TrialEnd.Diverged diverged -> {
                done++;
                say("%s: diverged at step %,d, loss %.4g", name(trial), diverged.step(), diverged.loss());
            }
            case TrialEnd.LeftOff _ -> {
                done++;
                say("%s: left off after %s, as others are no worse", name(trial), Counted.of(steps, "step"));
            }
            case TrialEnd.Unfinished _ -> {}
        }
    }

    /** Takes the running lines away, so that something else can be written. */
    synchronized void clear() {
        if (drawnLines == 0) return;
        err.print("\033[" + drawnLines + "A\r\033[J");
        err.flush();
        drawnLines = 0;
    }

    private void say(String format, Object... values) {
        clear();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private static String name(Trial trial) {
        return trial.getConfiguration().getName() + ", seed " + trial.getSeed();
    }

    private static String line(Trial trial, StepReport step) {
        int filled = (int) (step.step() * BAR / step.steps());
        var begin = String.format(
                Locale.ROOT,
                "[%s] %,d/%,d  loss %.3f  ",
                "#".repeat(filled) + ".".repeat(BAR - filled),
                step.step(),
                step.steps(),
                step.loss());
        var name = name(trial);
        int left = Math.max(SHORTEST, LINE - begin.length());
        return begin + (name.length() <= left ? name : "..." + name.substring(name.length() - left + 3));
    }
}
