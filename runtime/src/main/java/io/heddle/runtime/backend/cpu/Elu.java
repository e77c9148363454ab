package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * max(x, 0) + e^min(x, 0) - 1 (Clevert et al., arXiv 1511.07289, with alpha = 1), within 2e-7; its slope is e^min(x, 0).
 * Counts fill whole vectors; {@code powers} is memory for as many floats.
 */
final class Elu {
    private static final FloatVector ZERO = constant(0f);
    private static final FloatVector ONE = constant(1f);

    private Elu() {}

    static void forward(long x, long y, int count, long powers) {
        powersBelow(x, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector above = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).max(ZERO);
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            power.sub(ONE).add(above).intoMemorySegment(ALL, y + 4L * i, NATIVE);
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count, long powers) {
        powersBelow(x, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * i, NATIVE);
            above.mul(power).intoMemorySegment(ALL, gradient + 4L * i, NATIVE);
        }
    }

    /** e^min(x, 0). */
    private static void powersBelow(long x, long powers, int count) {
        for (int i = 0; i < count; i += LANES) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE)
                    .min(ZERO)
                    .intoMemorySegment(ALL, powers + 4L * i, NATIVE);
        }
        Exponential.apply(powers, 1f, 0f, powers, count);
    }
}
