package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.whole;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.heddle.runtime.random.DropoutStream;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dropout (Srivastava et al., JMLR 2014): y = factor x where {@link DropoutStream} keeps an element, and 0 elsewhere.
 *
 * <p>What is kept depends on (seed, stream, index of the element) alone. So no mask is stored: the backward pass is the same
 * function on the gradient.
 *
 * @param threshold what an element's random word must reach, shifted right by 8; 0 keeps everything
 * @param factor what kept elements are multiplied by: 1 / (1 - rate)
 */
public record Dropout(long seed, long stream, int threshold, float factor) {
    /** Keeps everything, and draws nothing. */
    public static final Dropout NONE = new Dropout(0, 0, 0, 1f);

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int STRETCH = 512;

    /** What {@code stream} keeps at {@code rate}, which the stream was made for. */
    public static Dropout of(DropoutStream stream, double rate) {
        return new Dropout(stream.seed(), stream.stream(), stream.threshold(), (float) (1.0 / (1.0 - rate)));
    }

    /** Whether anything is drawn at all. */
    boolean draws() {
        return threshold > 0;
    }

    /** y[i] = x[i] kept or not, for the elements {@code [from, to)}. */
    public void apply(long x, long y, int from, int to) {
        long buffer = Scratch.floats(Scratch.Use.RANDOM, PhiloxLanes.room(STRETCH));
        for (int i = from; i < to; i += STRETCH) {
            int count = Math.min(STRETCH, to - i);
            keep(at(x, i), draw(i, count, buffer), at(y, i), count);
        }
    }

    /** Draws the words of {@code count} elements to a buffer with {@link PhiloxLanes#room} for them; returns where. */
    long draw(long first, int count, long buffer) {
        return PhiloxLanes.words(seed, stream, first, count, buffer);
    }

    /** y = factor x where the word of an element keeps it, and 0 elsewhere. */
    private void keep(long x, long words, long y, int count) {
        int whole = whole(count);
        keepWhole(x, words, y, whole);
        if (whole < count) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, count);
            // Reading words past the end is harmless: the buffer ends later.
            kept(fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes), at(words, whole)).intoMemorySegment(ALL,
                    y + 4L * whole, NATIVE, lanes);
        }
    }

    /** The same for whole vectors of elements. */
    void keepWhole(long x, long words, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            kept(fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE), at(words, i)).intoMemorySegment(ALL, y + 4L * i,
                    NATIVE);
        }
    }

    private FloatVector kept(FloatVector x, long words) {
        VectorMask<Integer> dropped = IntVector.fromMemorySegment(INTS, Memory.ALL, words, ByteOrder.nativeOrder())
                .lanewise(VectorOperators.LSHR, 8)
                .lt(threshold);
        return x.mul(factor).blend(0f, dropped.cast(FLOATS));
    }
}
