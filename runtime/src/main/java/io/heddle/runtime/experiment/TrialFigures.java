package io.heddle.runtime.experiment;

import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
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

    TrialFigures(TrialResult result) {
        rows = result.metrics();
    }

    private Stream<MetricsRow> evaluations() {
        return rows.stream().filter(row -> row.metric(VALIDATION_LOSS).isPresent());
    }

    /** The last row with a validation loss. */
    Optional<MetricsRow> lastEvaluation() {
        return evaluations().reduce((_, later) -> later);
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

    /** What the last evaluation measured beside the loss. */
    Map<String, Metric> measures() {
        Map<String, Metric> measures = new LinkedHashMap<>();
        lastEvaluation().ifPresent(row -> measures.putAll(row.metrics()));
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
