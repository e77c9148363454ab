package io.heddle.runtime.experiment;

import io.heddle.experiment.Divergence;
import io.heddle.experiment.Trial;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.record.Metric;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.TrainingObserver;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Measures a trial block by block, and hands what is recorded to the store: before each checkpoint, so that nothing is missing
 * of what the checkpoint holds, and every so many rows.
 */
final class TrialObserver implements TrainingObserver {
    /** How often the blocks of a training are looked at, beside its first step. */
    private static final int LOOKS = 100;

    private static final int ROWS = 256;

    private final TrialStore store;
    private final String key;
    private final Divergence divergence;
    private final long every;
    private final List<MetricsRow> rows = new ArrayList<>();
    private final List<BlockRow> blocks = new ArrayList<>();
    private Optional<BlockNorms> norms = Optional.empty();
    private Optional<Activations> activations = Optional.empty();
    private Map<String, Double> given = Map.of();
    private volatile long recorded;
    private double seconds;

    TrialObserver(TrialStore store, Trial trial, String key, Divergence divergence) {
        this.store = store;
        this.key = key;
        this.divergence = divergence;
        every = Math.max(1, trial.getRecipe().getSteps() / LOOKS);
    }

    /** The last step of which a row was recorded, with what was measured after it. */
    long recordedSteps() {
        return recorded;
    }

    /** How long the training has taken, as its last row says. */
    double seconds() {
        return seconds;
    }

    @Override
    public double highestLoss() {
        return switch (divergence) {
            case Divergence.NotANumber _ -> Double.POSITIVE_INFINITY;
            case Divergence.LossAbove above -> above.getLoss();
        };
    }

    @Override
    public boolean looksAt(long step) {
        return step == 1 || step % every == 0;
    }

    @Override
    public void beforeUpdate(
            long step, RunnableModel model, ParameterBuffer gradients, BatchFeed feed, Batch batch) {
        if (norms.isEmpty()) {
            norms = Optional.of(new BlockNorms(model));
            activations = Optional.of(new Activations(model));
        }
        norms.get().beforeUpdate(gradients);
        given = activations.orElseThrow().of(feed, batch);
    }

    @Override
    public void afterUpdate(long step, RunnableModel model) {
        norms.orElseThrow().afterUpdate().forEach((path, found) -> blocks.add(new BlockRow(
                step, path, found.gradient(), found.weights(), found.update(), given(path))));
    }

    private OptionalDouble given(String path) {
        return given.containsKey(path) ? OptionalDouble.of(given.get(path)) : OptionalDouble.empty();
    }

    @Override
    public void recorded(MetricsRow row) {
        rows.add(row);
        seconds = row.metric("seconds").map(Metric::asDouble).orElse(seconds);
        if (rows.size() >= ROWS) {
            hand();
        }
        recorded = row.step();
    }

    @Override
    public void saving(long step) {
        hand();
    }

    @Override
    public void goingOn(long step) {
        store.dropAfter(key, step);
        recorded = step;
    }

    /** Hands over what was recorded since the last time. */
    void hand() {
        store.record(key, rows, blocks);
        rows.clear();
        blocks.clear();
    }
}
