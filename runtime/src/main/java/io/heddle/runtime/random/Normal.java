package io.heddle.runtime.random;

import java.util.Objects;

/**
 * Draws from the normal distribution of mean 0 and deviation 1, by Box and Muller's transform.
 *
 * <pre>
 *   u = (word(2p) + 1) 2^-32        in (0, 1]
 *   v = word(2p + 1) 2^-32          in [0, 1)
 *   normal(2p)     = sqrt(-2 ln u) cos(2 pi v)
 *   normal(2p + 1) = sqrt(-2 ln u) sin(2 pi v)
 * </pre>
 *
 * <p>The words are read as unsigned. The largest magnitude that can occur is 6.66. {@link StrictMath} keeps the values
 * the same on every machine, so that the same seed starts the same model everywhere. Source: Box and Muller, "A note on
 * the generation of random normal deviates", 1958.
 */
public final class Normal {
    private static final double WORD_STEP = 0x1.0p-32;

    private Normal() {}

    /** Element {@code index} of the stream of normal draws. */
    public static double draw(long seed, long stream, long index) {
        long even = index & ~1L;
        double radius = radius(Philox.word(seed, stream, even));
        double angle = angle(Philox.word(seed, stream, even + 1));
        return radius * ((index & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }

    /** Elements 0, 1, ... of the stream, as float, into all of {@code target}; the same values as {@link #draw}. */
    public static void fill(long seed, long stream, float[] target, double mean, double deviation) {
        fill(seed, stream, 0, target, 0, target.length, mean, deviation);
    }

    /** Elements {@code first}, {@code first + 1}, ...: {@code (float) (mean + deviation * draw)}. */
    public static void fill(
            long seed, long stream, long first, float[] target, int offset, int count, double mean, double deviation) {
        Objects.checkFromIndexSize(offset, count, target.length);
        int done = 0;
        while (done < count) {
            long index = first + done;
            if ((index & 1) == 0 && count - done >= 2) {
                double radius = deviation * radius(Philox.word(seed, stream, index));
                double angle = angle(Philox.word(seed, stream, index + 1));
                target[offset + done] = (float) (mean + radius * StrictMath.cos(angle));
                target[offset + done + 1] = (float) (mean + radius * StrictMath.sin(angle));
                done += 2;
            } else {
                target[offset + done] = (float) (mean + deviation * draw(seed, stream, index));
                done++;
            }
        }
    }

    private static double radius(int word) {
        return StrictMath.sqrt(-2 * StrictMath.log((Integer.toUnsignedLong(word) + 1) * WORD_STEP));
    }

    private static double angle(int word) {
        return 2 * Math.PI * (Integer.toUnsignedLong(word) * WORD_STEP);
    }
}
