package io.heddle.runtime.data;

/**
 * How examples become batches.
 *
 * @param size how large a batch is
 * @param grouping which examples come together
 * @param lengthMultiple padded lengths are rounded up to a multiple of this: 1 for no more padding than needed, 8 for
 *     fewer distinct shapes and so fewer compiled programs
 */
public record Batching(BatchSize size, Grouping grouping, int lengthMultiple) {
    /** Among how many batches examples of like length are looked for. */
    private static final int MIXED = 50;

    public Batching {
        Sizes.requirePositive("length multiple", lengthMultiple);
    }

    /** So many pairs a batch, as the shuffled order has them, padded to the longest. */
    public static Batching sentences(int count) {
        return new Batching(new BatchSize.Sentences(count), new Grouping.AsShuffled(), 1);
    }

    /** So many tokens a batch, of pairs of like length, padded to the longest. */
    public static Batching tokens(int count) {
        return new Batching(new BatchSize.Tokens(count), new Grouping.ByLength(4096), 1);
    }

    /** So many examples a batch, of like length, padded to the longest. */
    public static Batching alike(int count) {
        return new Batching(new BatchSize.Sentences(count), new Grouping.ByLength(Math.multiplyExact(count, MIXED)), 1);
    }

    /** This batching with padded lengths rounded up to a multiple. */
    public Batching roundedTo(int multiple) {
        return new Batching(size, grouping, multiple);
    }
}
