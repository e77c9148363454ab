package io.heddle.runtime.experiment;

import io.heddle.recipe.Keep;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.HeldOutFigure;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** What the rows of a trial come to. */
final class TrialFigures {
    private static final String VALIDATION_LOSS = "validationLoss";
    private static final String TOKENS = "tokens";
    private static final String STEP_SECONDS = "stepSeconds";

    /** What every training records; what is beside them in a row with a validation loss are measures of the data. */
    private static final Set<String> COMMON =
            Set.of("loss", "learningRate", "gradientNorm", TOKENS, STEP_SECONDS, "seconds", VALIDATION_LOSS);

    private final List<MetricsRow> rows;
    private final Optional<MetricsRow> kept;

    TrialFigures(TrialResult result) {
        rows = result.metrics();
        kept = result.keptEvaluation();
    }

    private Stream<MetricsRow> evaluations() {
        return rows.stream().filter(TrialFigures::isEvaluation);
    }

    /** Whether held-out data was looked at. */
    static boolean isEvaluation(MetricsRow row) {
        return row.metric(VALIDATION_LOSS).isPresent();
    }

    /** Among looks at the held-out data, the one whose weights are kept: the last, or the first of the best. */
    static Optional<MetricsRow> kept(Keep keep, Stream<MetricsRow> evaluations) {
        return switch (keep) {
            case Keep.Last _ -> evaluations.reduce((_, later) -> later);
            case Keep.Best best -> {
                HeldOutFigure figure = HeldOutFigure.of(best.getBy());
                yield evaluations
                        .filter(row -> Double.isFinite(value(row, figure)))
                        .reduce((one,
                                other) -> figure.isBetter(value(other, figure), value(one, figure)) ? other : one);
            }
        };
    }

    /** A figure of a look at held-out data; no number where it was not measured. */
    static double value(MetricsRow row, HeldOutFigure figure) {
        return row.metric(figure.column()).map(Metric::asDouble).orElse(Double.NaN);
    }

    /** The row of the weights that are kept. */
    Optional<MetricsRow> keptEvaluation() {
        return kept;
    }

    /** The first of the rows with the lowest validation loss; one that is no number is none of them. */
    Optional<MetricsRow> bestEvaluation() {
        return evaluations()
                .filter(row -> !Double.isNaN(validationLoss(row)))
                .min(Comparator.comparingDouble(TrialFigures::validationLoss));
    }

    /** The validation loss of a row that has one. */
    static double validationLoss(MetricsRow row) {
        return row.metric(VALIDATION_LOSS).orElseThrow().asDouble();
    }

    /** What was measured beside the loss of the weights that are kept. */
    Map<String, Metric> measures() {
        Map<String, Metric> measures = new LinkedHashMap<>();
        kept.ifPresent(row -> measures.putAll(row.metrics()));
        measures.keySet().removeAll(COMMON);
        return measures;
    }

    /** Tokens of all steps by the seconds of all steps, evaluations and checkpoints left out. */
    OptionalDouble tokensPerSecond() {
        double seconds = 0.0;
        double tokens = 0.0;
        for (MetricsRow row : rows) {
            Optional<Metric> took = row.metric(STEP_SECONDS);
            Optional<Metric> read = row.metric(TOKENS);
            if (took.isPresent() && read.isPresent()) {
                seconds += took.get().asDouble();
                tokens += read.get().asDouble();
            }
        }
        return seconds > 0.0 ? OptionalDouble.of(tokens / seconds) : OptionalDouble.empty();
    }

    /** Half of the steps took less; of an even number, the mean of the two in the middle. */
    OptionalDouble medianStepSeconds() {
        double[] sorted = rows.stream()
                .flatMap(row -> row.metric(STEP_SECONDS).stream())
                .mapToDouble(Metric::asDouble)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
