package io.heddle.runtime.random;

/**
 * The order in which an epoch visits its examples: a permutation that depends on (seed, epoch, count) alone. Others, for
 * other purposes, have a name in place of the epoch.
 *
 * <p>Fisher and Yates' shuffle, downwards: for i from count - 1 to 1, the items at i and at a draw from [0, i] change
 * places. The draw for place i is {@link Philox#below(int, long, long, long)} at index i of the stream
 * {@code "shuffle/epoch/<epoch>"}. A resumed run asks for its epoch again and goes on where it was. Source: Durstenfeld,
 * "Algorithm 235: random permutation", 1964.
 */
public final class Shuffle {
    private Shuffle() {}

    /**
     * The numbers 0 to count - 1 in the order of one epoch.
     *
     * @param count how many examples there are, at least 0; the result takes 4 bytes each
     * @throws IllegalArgumentException when count is negative
     */
    public static int[] permutation(long seed, long epoch, int count) {
        return permutation(seed, "shuffle/epoch/" + epoch, count);
    }

    /**
     * The numbers 0 to count - 1 in an order of another purpose.
     *
     * @param purpose names the random stream
     * @throws IllegalArgumentException when count is negative
     */
    public static int[] permutation(long seed, String purpose, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative and is " + count);
        }
        long stream = Streams.stream(purpose);
        int[] order = new int[count];
        for (int place = 0; place < count; place++) {
            order[place] = place;
        }
        for (int place = count - 1; place > 0; place--) {
            int other = Philox.below(place + 1, seed, stream, place);
            int carried = order[place];
            order[place] = order[other];
            order[other] = carried;
        }
        return order;
    }
}
