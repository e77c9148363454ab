package io.heddle.runtime.train;

import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import java.util.Optional;

/**
 * What a training led to.
 *
 * @param end whether it came to its end
 * @param model with the weights that are kept: those of the last step, unless the recipe says otherwise
 * @param tokenizers of what it learned from; empty where nothing is text
 * @param steps how many were taken, those before included
 * @param seconds how long it took, those before included
 * @param last the look at the held-out data after the last step; empty when it was stopped before one was done
 * @param kept which weights are kept; empty where they are those of the last step, whatever was measured of them
 */
public record TrainingOutcome(
        End end, RunnableModel model, Optional<Tokenizers> tokenizers, long steps, double seconds,
        Optional<EvaluationReport> last, Optional<Kept> kept) {
    /**
     * Weights that are kept.
     *
     * @param step how many steps had been taken
     * @param figure that they were chosen by: {@code accuracy 81.4 %}
     */
    public record Kept(long step, String figure) {}

    /** How a training ended. */
    public enum End {
        /** All steps were taken. */
        FINISHED,

        /** It was asked to stop, and saved. */
        STOPPED,
    }
}
