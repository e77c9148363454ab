package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;
import static io.heddle.runtime.backend.cpu.Memory.whole;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dropout (Srivastava et al., JMLR 2014), scaled while training: y = x / (1 - rate) where an element is kept, and 0
 * elsewhere.
 *
 * <p>Element i is kept if the uniform number (word >>> 8) 2^-24 of {@link PhiloxLanes} for (seed, stream, i) is at least
 * {@code rate}. So no mask is stored: the backward pass is the same function on the gradient.
 */
public final class Dropout {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int STRETCH = 512;

    private Dropout() {}

    /** y[i] = x[i] kept or not, for the elements {@code [from, to)}; {@code rate} is in [0, 1]. */
    public static void apply(long x, long y, long seed, long stream, float rate, int from, int to) {
        long buffer = Scratch.floats(Scratch.Use.RANDOM, PhiloxLanes.room(STRETCH));
        for (int i = from; i < to; i += STRETCH) {
            int count = Math.min(STRETCH, to - i);
            long words = PhiloxLanes.words(seed, stream, i, count, buffer);
            keep(at(x, i), words, at(y, i), rate, count);
        }
    }

    /** y = x / (1 - rate) where the word of an element keeps it, and 0 elsewhere. */
    static void keep(long x, long words, long y, float rate, int count) {
        int threshold = threshold(rate);
        float factor = 1f / (1f - rate);
        int whole = whole(count);
        for (int i = 0; i < whole; i += LANES) {
            store(at(y, i), kept(load(at(x, i)), at(words, i), threshold, factor));
        }
        if (whole < count) {
            VectorMask<Float> lanes = tail(whole, count);
            // Reading words past the end is harmless: the buffer ends later.
            store(at(y, whole), kept(load(at(x, whole), lanes), at(words, whole), threshold, factor), lanes);
        }
    }

    /** The least value of word >>> 8 that is kept; exact, because a float has no more than 24 bits. */
    private static int threshold(float rate) {
        return (int) Math.ceil(rate * (double) (1 << 24));
    }

    private static FloatVector kept(FloatVector x, long words, int threshold, float factor) {
        VectorMask<Integer> dropped = IntVector.fromMemorySegment(INTS, Memory.all(), words, ByteOrder.nativeOrder())
                .lanewise(VectorOperators.LSHR, 8)
                .lt(threshold);
        return x.mul(factor).blend(0f, dropped.cast(Memory.FLOATS));
    }
}
