package io.heddle.runtime.data;

/** Which pairs of an epoch come together in a batch. */
public sealed interface Grouping {
    /** Those that the shuffled order puts side by side. */
    record AsShuffled() implements Grouping {}

    /**
     * Those of like length: the shuffled epoch is sorted by length within windows of so many pairs, cut into batches,
     * and the batches are shuffled. Larger windows waste less on padding and mix less.
     */
    record ByLength(int window) implements Grouping {
        public ByLength {
            Sizes.requirePositive("window", window);
        }
    }
}
