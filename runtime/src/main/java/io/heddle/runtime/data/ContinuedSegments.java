package io.heddle.runtime.data;

/**
 * A text to train on in order, for a model that remembers what stands before a batch: the text is cut into rows of equal
 * length, and row r of a batch goes on where row r of the batch before ended. In each epoch the rows begin anew.
 *
 * <p>Batches that are accumulated have rows of their own: the rows of the first, then those of the second, and then those of
 * the first go on. So {@code groups} batches are one large one.
 */
public final class ContinuedSegments implements TrainingBatches {
    private final TextRows text;
    private final int groups;

    /**
     * The segments of {@code tokens}.
     *
     * @param batchSize rows in a batch
     * @param groups how many batches are accumulated to a step
     * @param context tokens in a segment
     * @throws io.heddle.check.ProblemsException when a row would be shorter than a segment
     */
    public ContinuedSegments(TokenStream tokens, int batchSize, int groups, int context) {
        Sizes.requirePositive("number of groups", groups);
        this.text = TextRows.equal(tokens, Math.multiplyExact(batchSize, groups), context);
        this.groups = groups;
    }

    /** How many rows the text is cut into. */
    public int rows() {
        return text.rows();
    }

    /** How many tokens are read in a row before it begins anew. */
    public int length() {
        return text.length();
    }

    /** Tensors {@code ids}, {@code lengths}, {@code remembered}, {@code labels}; see {@link Batch}. */
    @Override
    public Batch batch(Position position) {
        if (position.batch() >= batches()) {
            throw new IllegalArgumentException(
                    "an epoch has " + batches() + " batches, and none is number " + position.batch());
        }
        int batch = Math.toIntExact(position.batch());
        int rows = text.rows() / groups;
        return text.batch(batch % groups * rows, rows, batch / groups);
    }

    @Override
    public Position after(Position position) {
        long next = position.batch() + 1;
        return next < batches() ? new Position(position.epoch(), next) : new Position(position.epoch() + 1, 0);
    }

    private long batches() {
        return (long) text.segments() * groups;
    }
}
