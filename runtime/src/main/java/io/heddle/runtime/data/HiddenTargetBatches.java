package io.heddle.runtime.data;

/** Pairs with hidden words, to learn from. */
public final class HiddenTargetBatches implements TrainingBatches {
    private final TrainingBatches pairs;
    private final HiddenTargets hidden;

    /** The batches of {@code pairs}, each hidden anew. */
    public HiddenTargetBatches(TrainingBatches pairs, HiddenTargets hidden) {
        this.pairs = pairs;
        this.hidden = hidden;
    }

    @Override
    public Batch batch(Position position) {
        return hidden.in(pairs.batch(position), position.epoch(), position.batch());
    }

    @Override
    public Position after(Position position) {
        return pairs.after(position);
    }
}
