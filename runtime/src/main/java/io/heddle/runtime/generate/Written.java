package io.heddle.runtime.generate;

import java.util.Arrays;

/**
 * A sequence that a model wrote.
 *
 * @param tokens with those that it began with, and the end token where it ended
 * @param score {@code log p / length^lengthPenalty} from a beam search; 0 otherwise
 */
public record Written(int[] tokens, double score) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Written that && Arrays.equals(tokens, that.tokens) && score == that.score;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Double.hashCode(score);
    }

    @Override
    public String toString() {
        return "Written" + Arrays.toString(tokens) + " " + score;
    }
}
