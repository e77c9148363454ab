package io.heddle.cli;

import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.train.LineScores;
import io.heddle.runtime.train.Measure;
import java.nio.file.Path;
import java.util.List;

/** Lines that any program wrote, and what they should have been. */
record LineFiles(Path hypotheses, Path references) {
    /** What is measured where nothing is asked for. */
    private static final List<Measure> USUAL = List.of(Measure.BLEU, Measure.CHRF, Measure.TRANSLATION_EDIT_RATE);

    /**
     * What the measures are.
     *
     * @throws io.heddle.check.ProblemsException when the files have unequal numbers of lines, or others than are measured
     */
    List<String> told(MetricNames metrics) {
        var said = TextFile.read(hypotheses).lines();
        var real = TextFile.read(references).lines();
        var scores = LineScores.standard();
        return metrics.asked().orElse(USUAL).stream()
                .map(measure -> line(measure, scores.score(measure, said, real), scores))
                .toList();
    }

    private static String line(Measure measure, double value, LineScores scores) {
        return measure == Measure.BLEU
                ? MetricNames.line("BLEU " + scores.signature(), measure, value)
                : MetricNames.line(measure, value);
    }
}
