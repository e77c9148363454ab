package io.heddle.runtime.experiment;

import io.heddle.experiment.Trial;
import io.heddle.runtime.record.MetricsRow;
import java.util.List;
import java.util.Optional;

/**
 * What became of a trial.
 *
 * @param trial which variant, setting and seed, with the recipe that it was trained by
 * @param key what its model, recipe, seed, data and the version of Heddle come to; the same comparison finds it by this again
 * @param steps how many were taken
 * @param seconds how long that took, evaluations with it
 * @param metrics a row a step, as {@code metrics.csv} has them: {@code loss}, {@code learningRate}, {@code gradientNorm}, {@code tokens},
 *     {@code stepSeconds}, {@code seconds}; {@code validationLoss} and the measures of the data (accuracy, bleu ...) where held-out data
 *     was looked at, first at step 0
 * @param blocks what was measured of each block, now and then and at step 1
 */
public record TrialResult(
        Trial trial,
        String key,
        TrialEnd end,
        long steps,
        double seconds,
        List<MetricsRow> metrics,
        List<BlockRow> blocks) {
    /** Keeps the rows from changing later. */
    public TrialResult {
        metrics = List.copyOf(metrics);
        blocks = List.copyOf(blocks);
    }

    /** The look at the held-out data that the weights are of which the trial leaves; empty where there was none. */
    public Optional<MetricsRow> keptEvaluation() {
        return TrialFigures.kept(
                trial.getRecipe().getEvaluation().getKeep(),
                metrics.stream().filter(TrialFigures::isEvaluation));
    }
}
