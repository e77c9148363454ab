package io.heddle.runtime.data;

/** How large a batch of pairs is. */
public sealed interface BatchSize {
    /** So many pairs. */
    record Sentences(int count) implements BatchSize {
        public Sentences {
            Sizes.requirePositive("batch size", count);
        }
    }

    /** As many pairs as fit: rows times the longest side, padding counted, is at most {@code count}. */
    record Tokens(int count) implements BatchSize {
        public Tokens {
            Sizes.requirePositive("batch size", count);
        }
    }
}
