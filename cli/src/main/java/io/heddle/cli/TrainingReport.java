package io.heddle.cli;

import io.heddle.runtime.train.TrainingListener;
import io.heddle.runtime.train.TrainingOutcome;
import io.heddle.runtime.train.data.TrainingData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    public void begunFrom(Path run, int taken, List<String> drawn) {
        var anew = drawn.isEmpty() ? "" : "; anew: " + String.join(", ", drawn);
        say("begins with %s weights of %s%s", number(taken), run, anew);
    }

    @Override
    public void step(StepReport report) {
        progress.show(report);
    }

    @Override
    public void evaluated(EvaluationReport report) {
        var step = " ".repeat(Math.max(0, stepWidth - number(report.step()).length())) + number(report.step());
        var measures = told(report).map(measure -> "   " + measure).collect(Collectors.joining());
        say("step %s   validation loss %.3f%s", step, report.loss(), measures);
    }

    /** What was measured beside the loss, a measure each. */
    static Stream<String> told(EvaluationReport report) {
        return report.measures().entrySet().stream()
                .map(measured -> measured.getKey().told(measured.getValue()));
    }

    @Override
    public void saved(Path run, long step) {}

    /** The last line. */
    void finished(TrainingOutcome outcome) {
        outcome.last().ifPresent(last -> {
            var measures = told(last).map(measure -> ", " + measure).collect(Collectors.joining());
            var comma = measures.isEmpty() ? "" : ",";
            // Where no step was taken, what was measured is how long it took to measure.
            var time = isOver ? "" : String.format(Locale.ROOT, " in %.1f s", outcome.seconds());
            say("validation loss %.3f%s%s after %s steps%s",
                    last.loss(), measures, comma, number(outcome.steps()), time);
        });
        outcome.kept().ifPresent(kept -> say("kept: the weights after %s steps, %s",
                number(kept.step()), kept.figure()));
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
