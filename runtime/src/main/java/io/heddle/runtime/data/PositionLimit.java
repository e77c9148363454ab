package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.runtime.messages.PairMessages;

/**
 * How long a sequence may be that an input with learned positions reads.
 *
 * @param input the name of the input
 * @param positions how many it has
 */
public record PositionLimit(String input, int positions) {
    /**
     * What padded lengths may be rounded up to a multiple of, without ever passing the last position.
     *
     * @param wanted a power of two
     * @return that, or a smaller one
     */
    public int multiple(int wanted) {
        return Math.min(wanted, Integer.lowestOneBit(positions));
    }

    /**
     * The problem of a sequence that is longer.
     *
     * @param side what the sequence is: {@code source}
     * @param length its tokens, the begin or end token included
     * @param longest those of the longest sequence of the data
     */
    Problem problem(String place, String side, int length, int longest) {
        return PairMessages.longerThanPositions(place, side, length, input, positions, longest);
    }
}
