package io.heddle.cli;

import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.TrainingOutcome;
import io.heddle.runtime.train.data.TrainingData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Tells of a training: the curve where results go, and how far it has come beside them. */
final class TrainingReport implements TrainingListener {
    private final String name;
    private final PrintWriter out;
    private final ProgressDisplay progress;
    private int stepWidth;
    private boolean isOver;

    TrainingReport(String name, PrintWriter out, ProgressDisplay progress) {
        this.name = name;
        this.out = out;
        this.progress = progress;
    }

    @Override
    public void started(TrainingData data, long parameters, long done, long steps) {
        stepWidth = number(steps).length();
        isOver = done >= steps;
        var begin = done == 0 ? "" : ", going on after step " + number(done);
        var plan = isOver
                ? number(done) + " steps are done already, and nothing is left to do"
                : number(steps) + " steps" + begin;
        say("%s: %s parameters, %s", name, number(parameters), plan);
        data.remarks().forEach(remark -> say("%s", remark));
    }

    @Override
    public void step(StepReport report) {
        progress.show(report);
    }

    @Override
    public void evaluated(EvaluationReport report) {
        var step = " ".repeat(Math.max(0, stepWidth - number(report.step()).length())) + number(report.step());
        var bleu = report.bleu().isPresent()
                ? String.format(Locale.ROOT, "   BLEU %.1f", report.bleu().getAsDouble())
                : "";
        say("step %s   validation loss %.3f%s", step, report.loss(), bleu);
    }

    @Override
    public void saved(Path run, long step) {}

    /** The last line. */
    void finished(TrainingOutcome outcome) {
        outcome.last().ifPresent(last -> {
            var bleu = last.bleu().isPresent()
                    ? String.format(Locale.ROOT, ", BLEU %.1f,", last.bleu().getAsDouble())
                    : "";
            // Where no step was taken, what was measured is how long it took to measure.
            var time = isOver ? "" : String.format(Locale.ROOT, " in %.1f s", outcome.seconds());
            say("validation loss %.3f%s after %s steps%s", last.loss(), bleu, number(outcome.steps()), time);
        });
    }

    /** Takes the progress away, so that something else can be written. */
    void clear() {
        progress.clear();
    }

    private void say(String format, Object... values) {
        progress.clear();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
