package io.heddle.runtime.data;

/**
 * How pairs become batches.
 *
 * @param size how large a batch is
 * @param grouping which pairs come together
 * @param lengthMultiple padded lengths are rounded up to a multiple of this: 1 for no more padding than needed, 8 for
 *     fewer distinct shapes and so fewer compiled programs
 */
public record PairBatching(BatchSize size, Grouping grouping, int lengthMultiple) {
    public PairBatching {
        Sizes.requirePositive("length multiple", lengthMultiple);
    }

    /** So many pairs a batch, as the shuffled order has them, padded to the longest. */
    public static PairBatching sentences(int count) {
        return new PairBatching(new BatchSize.Sentences(count), new Grouping.AsShuffled(), 1);
    }

    /** So many tokens a batch, of pairs of like length, padded to the longest. */
    public static PairBatching tokens(int count) {
        return new PairBatching(new BatchSize.Tokens(count), new Grouping.ByLength(4096), 1);
    }

    /** This batching with padded lengths rounded up to a multiple. */
    public PairBatching roundedTo(int multiple) {
        return new PairBatching(size, grouping, multiple);
    }
}
