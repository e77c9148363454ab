package io.heddle.runtime.data;

/** Pairs with hidden words, to measure on: the same ones each time. */
public final class HiddenTargetEvaluation implements EvaluationBatches {
    private final EvaluationBatches pairs;
    private final HiddenTargets hidden;

    /** The batches of {@code pairs}. */
    public HiddenTargetEvaluation(EvaluationBatches pairs, HiddenTargets hidden) {
        this.pairs = pairs;
        this.hidden = hidden;
    }

    @Override
    public int count() {
        return pairs.count();
    }

    @Override
    public Batch batch(int number) {
        return hidden.in(pairs.batch(number), 0, number);
    }
}
