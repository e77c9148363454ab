package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.describe.Describe;
import io.heddle.describe.ModelCost;
import io.heddle.experiment.Trial;
import io.heddle.experiment.Variant;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code runs.csv}: a row a trial.
 *
 * <pre>
 *   variant,setting,seed    which; the setting is empty where nothing varies
 *   state                   finished, diverged, left off, unfinished
 *   steps                   that were taken
 *   finalValidationLoss     of the weights that are kept: of the last evaluation, or the best; empty of what did not finish
 *   bestValidationLoss      the lowest one
 *   bestStep                where it was seen first
 *   accuracy, bleu ...      what else that evaluation measured, a column each
 *   parameters              numbers of the model
 *   seconds                 of the whole trial
 *   tokensPerSecond         of its steps alone
 *   medianStepSeconds
 *   key                     what the trial is called in runs.sqlite
 * </pre>
 *
 * <p>What was not measured is empty; NaN and infinities are the words {@code NaN}, {@code Infinity}, {@code -Infinity}. Numbers read back
 * exactly.
 */
public final class RunsTable {
    private RunsTable() {}

    /**
     * Puts the table in place of any that is there.
     *
     * @throws ProblemsException when it cannot be written; the file is then as it was
     */
    public static void write(Path file, List<TrialResult> results) {
        SequencedSet<String> measures = new LinkedHashSet<>();
        results.forEach(result -> measures.addAll(new TrialFigures(result).measures().keySet()));
        Map<Variant, BigInteger> parameters = results.stream()
                .map(result -> result.trial().getConfiguration().getVariant())
                .distinct()
                .collect(Collectors.toMap(Function.identity(), RunsTable::parameters));
        TableFile.write(file, table -> {
            table.row(header(measures));
            for (TrialResult result : results) {
                table.row(row(result, measures, parameters));
            }
        });
    }

    private static BigInteger parameters(Variant variant) {
        ModelCost cost = Describe.cost(variant.getModel());
        return cost.getTrained().add(cost.getFixed());
    }

    private static List<String> header(SequencedSet<String> measures) {
        List<String> header = new ArrayList<>(List.of("variant", "setting", "seed", "state", "steps"));
        header.addAll(List.of("finalValidationLoss", "bestValidationLoss", "bestStep"));
        header.addAll(measures);
        header.addAll(List.of("parameters", "seconds", "tokensPerSecond", "medianStepSeconds", "key"));
        return header;
    }

    private static List<String> row(
            TrialResult result, SequencedSet<String> measures, Map<Variant, BigInteger> parameters) {
        TrialFigures figures = new TrialFigures(result);
        Optional<MetricsRow> best = figures.bestEvaluation();
        List<String> row = place(result.trial());
        row.add(StoredState.of(result.end()).word());
        row.add(Long.toString(result.steps()));
        row.add(result.end() instanceof TrialEnd.Finished ? loss(figures.keptEvaluation()) : "");
        row.add(loss(best));
        row.add(best.map(evaluation -> Long.toString(evaluation.step())).orElse(""));
        Map<String, Metric> measured = figures.measures();
        for (String measure : measures) {
            row.add(Optional.ofNullable(measured.get(measure)).map(Metric::text).orElse(""));
        }
        row.add(parameters.get(result.trial().getConfiguration().getVariant()).toString());
        row.add(Double.toString(result.seconds()));
        row.add(text(figures.tokensPerSecond()));
        row.add(text(figures.medianStepSeconds()));
        row.add(result.key());
        return row;
    }

    /** The variant, the setting and the seed of a trial, in a list for more. */
    static List<String> place(Trial trial) {
        List<String> place = new ArrayList<>();
        place.add(trial.getConfiguration().getVariant().getName());
        place.add(trial.getConfiguration().getSetting().getName());
        place.add(Long.toString(trial.getSeed()));
        return place;
    }

    private static String loss(Optional<MetricsRow> evaluation) {
        return evaluation
                .map(row -> Double.toString(TrialFigures.validationLoss(row)))
                .orElse("");
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }
}
