package io.heddle.runtime.data;

/**
 * A text to measure a model on that remembers what stands before a batch: row r of each batch goes on where row r of the
 * batch before ended. Every token but the first is the label of exactly one place, unless only the first batches are asked
 * for.
 */
public final class OrderedSegments implements EvaluationBatches {
    private final TextRows text;
    private final int count;

    private OrderedSegments(TextRows text, int count) {
        this.text = text;
        this.count = count;
    }

    /**
     * All segments of {@code tokens}.
     *
     * @param batchSize rows in a batch; fewer where the text is so short
     * @param context tokens in a segment
     * @throws io.heddle.check.ProblemsException when there is no token to predict
     */
    public static OrderedSegments of(TokenStream tokens, int batchSize, int context) {
        TextRows text = TextRows.whole(tokens, batchSize, context);
        return new OrderedSegments(text, text.segments());
    }

    /** The first {@code most} of these batches, or all where there are fewer. */
    public OrderedSegments first(int most) {
        Sizes.requirePositive("number of batches", most);
        return new OrderedSegments(text, Math.min(count, most));
    }

    /** How many rows go on from batch to batch. */
    public int rows() {
        return text.rows();
    }

    @Override
    public int count() {
        return count;
    }

    /** Tensors {@code ids}, {@code lengths}, {@code remembered}, {@code labels}; see {@link Batch}. */
    @Override
    public Batch batch(int number) {
        if (number < 0 || number >= count) {
            throw new IllegalArgumentException("there are " + count + " batches, and none is number " + number);
        }
        return text.batch(0, text.rows(), number);
    }
}
