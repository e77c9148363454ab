package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The mean loss of a model over data that it does not learn from. */
public final class LossMeasure {
    private final MeasuredPrograms programs;

    /** A measure of this model. */
    public LossMeasure(RunnableModel model, BatchFeed feed) {
        programs = new MeasuredPrograms(model, feed);
    }

    /**
     * The sum of {@code -log p(label)} over all labels, and how many there are.
     *
     * @param loss in nats
     */
    public record Total(double loss, long labels) {
        /** Nats for each label. */
        public double mean() {
            return loss / labels;
        }

        /** {@code exp(mean)}: among how many equally likely tokens the model is as unsure as it is. */
        public double perplexity() {
            return Math.exp(mean());
        }
    }

    /**
     * Measures all batches, without dropout. Where rows go on from batch to batch, they begin anew with the first.
     *
     * @param stop asked before each batch
     * @return empty when {@code stop} said so
     */
    public Optional<Total> of(Iterable<Batch> batches, BooleanSupplier stop) {
        double loss = 0;
        long labels = 0;
        for (Batch batch : batches) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            loss += programs.run(batch).scalar(Names.LOSS);
            labels += batch.labelCount();
        }
        return Optional.of(new Total(loss, labels));
    }
}
