package io.heddle.runtime.random;

import java.util.Objects;

/**
 * Philox4x32-10: random bits as a function of a counter and a key.
 *
 * <p>A block of four 32-bit words comes from ten rounds over a 128-bit counter c and a 64-bit key k:
 *
 * <pre>
 *   (c0, c1, c2, c3) becomes (high(M1 c2) ^ c1 ^ k0,  low(M1 c2),  high(M0 c0) ^ c3 ^ k1,  low(M0 c0))
 *   (k0, k1)         becomes (k0 + W0, k1 + W1)       after each round but the last
 * </pre>
 *
 * <p>Heddle's convention, the same everywhere: element i of stream s under seed k is word (i &amp; 3) of the block whose
 * counter is {low(i &gt;&gt;&gt; 2), high(i &gt;&gt;&gt; 2), low(s), high(s)} and whose key is {low(k), high(k)}.
 *
 * <p>Good for simulation, not for secrets. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011; checked against the known answers of the authors' Random123 library.
 */
public final class Philox {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int KEY_STEP_0 = 0x9E3779B9;
    private static final int KEY_STEP_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW_WORD = 0xFFFF_FFFFL;
    private static final float UNIFORM_STEP = 0x1.0p-24f;

    private Philox() {}

    /**
     * One element of a stream: 32 random bits.
     *
     * @param index counted from 0; every long is allowed
     */
    public static int word(long seed, long stream, long index) {
        int c0 = (int) (index >>> 2);
        int c1 = (int) (index >>> 34);
        int c2 = (int) stream;
        int c3 = (int) (stream >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & LOW_WORD) * (c0 & LOW_WORD);
            long product1 = (MULTIPLIER_1 & LOW_WORD) * (c2 & LOW_WORD);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += KEY_STEP_0;
            k1 += KEY_STEP_1;
        }
        return switch ((int) index & 3) {
            case 0 -> c0;
            case 1 -> c1;
            case 2 -> c2;
            default -> c3;
        };
    }

    /**
     * Elements {@code first}, {@code first + 1}, ... of a stream; the same values as {@link #word}, four for the price
     * of one.
     */
    public static void words(long seed, long stream, long first, int[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        int done = 0;
        while (done < count && ((first + done) & 3) != 0) {
            target[offset + done] = word(seed, stream, first + done);
            done++;
        }
        while (count - done >= 4) {
            block(seed, stream, (first + done) >>> 2, target, offset + done);
            done += 4;
        }
        while (done < count) {
            target[offset + done] = word(seed, stream, first + done);
            done++;
        }
    }

    /**
     * One whole block: elements 4b to 4b + 3 of the stream, where b is its number.
     *
     * @param number the low 64 bits of the counter; every long is allowed
     */
    public static void block(long seed, long stream, long number, int[] target, int offset) {
        int c0 = (int) number;
        int c1 = (int) (number >>> 32);
        int c2 = (int) stream;
        int c3 = (int) (stream >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & LOW_WORD) * (c0 & LOW_WORD);
            long product1 = (MULTIPLIER_1 & LOW_WORD) * (c2 & LOW_WORD);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += KEY_STEP_0;
            k1 += KEY_STEP_1;
        }
        target[offset] = c0;
        target[offset + 1] = c1;
        target[offset + 2] = c2;
        target[offset + 3] = c3;
    }

    /** 64 random bits: words 2i (low half) and 2i + 1 (high half) of the stream, which share a block. */
    public static long longWord(long seed, long stream, long index) {
        long low = word(seed, stream, 2 * index) & LOW_WORD;
        long high = word(seed, stream, 2 * index + 1);
        return high << 32 | low;
    }

    /** A float in [0, 1): {@code (word >>> 8) * 2^-24}, so every value is exact and 1 is never reached. */
    public static float uniform(long seed, long stream, long index) {
        return (word(seed, stream, index) >>> 8) * UNIFORM_STEP;
    }

    /** A double in [0, 1) with 53 random bits: {@code (longWord >>> 11) * 2^-53}. */
    public static double uniformDouble(long seed, long stream, long index) {
        return (longWord(seed, stream, index) >>> 11) * 0x1.0p-53;
    }

    /**
     * A whole number in [0, bound): the high 64 bits of {@code longWord * bound}.
     *
     * <p>No value is more likely than another by more than bound / 2^64, which no experiment can see; in return every
     * draw costs one block, and draw i never depends on draw i - 1.
     *
     * @throws IllegalArgumentException when bound is not positive
     */
    public static long below(long bound, long seed, long stream, long index) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive and is " + bound);
        }
        return Math.unsignedMultiplyHigh(longWord(seed, stream, index), bound);
    }

    /** {@link #below(long, long, long, long)} for bounds and results that are ints. */
    public static int below(int bound, long seed, long stream, long index) {
        return (int) below((long) bound, seed, stream, index);
    }
}
