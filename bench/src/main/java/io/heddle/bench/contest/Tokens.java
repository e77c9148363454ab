package io.heddle.bench.contest;

/** Token ids without any pattern that helps, the same on both sides. */
public final class Tokens {
    private static final long MULTIPLIER = 6364136223846793005L;
    private static final long INCREMENT = 1442695040888963407L;
    private static final int HIGH_BITS = 33;

    private Tokens() {}

    /** {@code count} ids below {@code vocabulary}; other seeds give others. */
    public static int[] of(int count, int vocabulary, long seed) {
        int[] ids = new int[count];
        long state = seed;
        for (int i = 0; i < count; i++) {
            state = state * MULTIPLIER + INCREMENT;
            ids[i] = (int) ((state >>> HIGH_BITS) % vocabulary);
        }
        return ids;
    }
}
