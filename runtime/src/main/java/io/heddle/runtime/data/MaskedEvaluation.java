package io.heddle.runtime.data;

/** Windows of text with hidden tokens, to measure on: the same ones each time. */
public final class MaskedEvaluation implements EvaluationBatches {
    private final EvaluationBatches text;
    private final Masking masking;

    /** The batches of {@code text}. */
    public MaskedEvaluation(EvaluationBatches text, Masking masking) {
        this.text = text;
        this.masking = masking;
    }

    @Override
    public int count() {
        return text.count();
    }

    @Override
    public Batch batch(int number) {
        return masking.hide(text.batch(number), 0, number);
    }
}
