package io.heddle.runtime.train;

import io.heddle.recipe.BestBy;
import io.heddle.recipe.Metric;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The figure by which one look at the held-out data is better than another.
 *
 * @param measure beside the loss; empty where it is the loss
 */
public record HeldOutFigure(Optional<Measure> measure) {
    private static final String LOSS = "validationLoss";

    /** The figure that a recipe names. */
    public static HeldOutFigure of(BestBy by) {
        return new HeldOutFigure(
                switch (by) {
                    case BestBy.Loss _ -> Optional.empty();
                    case BestBy.Accuracy _ -> Optional.of(Measure.ACCURACY);
                    case BestBy.Measured measured -> Optional.of(measure(measured.getMetric()));
                });
    }

    private static Measure measure(Metric metric) {
        return switch (metric) {
            case Metric.Bleu _ -> Measure.BLEU;
            case Metric.ChrF _ -> Measure.CHRF;
            case Metric.ChrFWithWords _ -> Measure.CHRF_WITH_WORDS;
            case Metric.TranslationEditRate _ -> Measure.TRANSLATION_EDIT_RATE;
            case Metric.Rouge _ -> Measure.ROUGE_L;
            case Metric.WordErrorRate _ -> Measure.WORD_ERROR_RATE;
            case Metric.CharacterErrorRate _ -> Measure.CHARACTER_ERROR_RATE;
            case Metric.ExactMatch _ -> Measure.EXACT_MATCH;
            case Metric.Entities _ -> Measure.F1;
            case Metric.MeanAveragePrecision _ -> Measure.MEAN_AVERAGE_PRECISION;
        };
    }

    /** What a record of metrics calls it. */
    public String column() {
        return measure.map(Measure::column).orElse(LOSS);
    }

    /** Its value; empty where it was not measured. */
    public OptionalDouble in(EvaluationReport report) {
        return measure.map(report::measure).orElseGet(() -> OptionalDouble.of(report.loss()));
    }

    /** Whether a value is better than another; one that is no number never is. */
    public boolean isBetter(double value, double other) {
        return isLower() ? value < other : value > other;
    }

    /** A number that is the lower the better a value is. */
    public double rank(double value) {
        return isLower() ? value : -value;
    }

    /** Whether less is better. */
    public boolean isLower() {
        return measure.isEmpty()
                || switch (measure.get()) {
                    case TRANSLATION_EDIT_RATE, WORD_ERROR_RATE, CHARACTER_ERROR_RATE -> true;
                    case BLEU, CHRF, CHRF_WITH_WORDS, ROUGE_1, ROUGE_2, ROUGE_L, EXACT_MATCH, ACCURACY, PRECISION,
                            RECALL,
                            F1, MEAN_AVERAGE_PRECISION, MEAN_AVERAGE_PRECISION_AT_HALF -> false;
                };
    }

    /** A value as reports show it. */
    public String told(double value) {
        return measure.map(named -> named.told(value))
                .orElseGet(() -> String.format(Locale.ROOT, "validation loss %.3f", value));
    }
}
