package io.heddle.runtime.data;

/** Labelled texts, of which a share of the words is unknown, to learn from. */
public final class DroppedWords implements TrainingBatches {
    private final TrainingBatches known;
    private final WordDropout dropout;

    /** The batches of {@code known}, in each of which other words are drawn. */
    public DroppedWords(TrainingBatches known, WordDropout dropout) {
        this.known = known;
        this.dropout = dropout;
    }

    @Override
    public Batch batch(Position position) {
        return dropout.drop(known.batch(position), position);
    }

    @Override
    public Position after(Position position) {
        return known.after(position);
    }
}
