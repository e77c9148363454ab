package io.heddle.cli;

import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.train.LineScores;
import io.heddle.runtime.train.Measure;
import io.heddle.runtime.train.WrittenMeasure;
import java.util.List;
import java.util.Optional;

/** What is told of the lines that a model writes for sources. */
final class PairEvaluation {
    private PairEvaluation() {}

    /** Of greedy decoding; BLEU cuts words as the recipe does, so that the number is the one of the training's curve. */
    static List<String> of(TrainedModel model, PairData pairs, List<Measure> measures) {
        var lines = new WrittenMeasure(model.model(), model.tokenizers().written())
                .lines(pairs, () -> false)
                .orElseThrow();
        var scores = LineScores.of(metrics(model.recipe()));
        return measures.stream()
                .map(measure -> {
                    var value = scores.score(measure, lines.hypotheses(), lines.references());
                    return measure == Measure.BLEU
                            ? MetricNames.line("BLEU " + scores.signature(), measure, value)
                            : MetricNames.line(measure, value);
                })
                .toList();
    }

    /** What its recipe asks for; BLEU, if nothing. */
    static List<Measure> usual(TrainedModel model) {
        var asked = metrics(model.recipe()).stream()
                .flatMap(metric -> LineScores.measures(metric).stream())
                .distinct()
                .toList();
        return asked.isEmpty() ? List.of(Measure.BLEU) : asked;
    }

    private static List<io.heddle.recipe.Metric> metrics(Optional<Recipe> recipe) {
        return recipe.map(it -> it.getEvaluation().getMetrics()).orElse(List.of());
    }
}
