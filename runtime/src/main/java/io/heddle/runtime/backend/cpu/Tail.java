package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The last, incomplete vector of a row, by way of a buffer of whole vectors. A function that is costly to compile is so done
 * by one loop, which runs over the row and then over the buffer, rather than by a loop and a copy of it.
 */
final class Tail {
    /** How many vectors {@link #buffer} holds. */
    static final int VECTORS = 4;

    private Tail() {}

    /** How often the loop of a row of {@code width} floats runs: over its whole vectors, and over the buffer if any are left. */
    static int rounds(int width) {
        return width % LANES == 0 ? 1 : 2;
    }

    /** The buffer of this thread. */
    static long buffer() {
        return Scratch.floats(Scratch.Use.TAIL, (long) VECTORS * LANES);
    }

    /** Copies the last {@code count} floats at {@code source} to the start of {@code buffer}, and fills up its vector. */
    static void take(long source, int count, float filler, long buffer) {
        VectorMask<Float> lanes = FLOATS.indexInRange(0, count);
        FloatVector values = fromMemorySegment(FLOATS, ALL, source, NATIVE, lanes);
        FloatVector.broadcast(FLOATS, filler).blend(values, lanes).intoMemorySegment(ALL, buffer, NATIVE);
    }

    /** Copies {@code count} floats from {@code buffer} to {@code target}. */
    static void give(long buffer, long target, int count) {
        FloatVector values = fromMemorySegment(FLOATS, ALL, buffer, NATIVE);
        values.intoMemorySegment(ALL, target, NATIVE, FLOATS.indexInRange(0, count));
    }
}
