package io.heddle.runtime.data;

/** Windows of text with hidden tokens, to learn from. */
public final class MaskedWindows implements TrainingBatches {
    private final TrainingBatches text;
    private final Masking masking;

    /** The batches of {@code text}, each hidden anew. */
    public MaskedWindows(TrainingBatches text, Masking masking) {
        this.text = text;
        this.masking = masking;
    }

    @Override
    public Batch batch(Position position) {
        return masking.hide(text.batch(position), position.epoch(), position.batch());
    }

    @Override
    public Position after(Position position) {
        return text.after(position);
    }
}
