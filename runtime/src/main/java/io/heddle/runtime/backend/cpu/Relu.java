package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** relu(x) = max(x, 0); its slope at 0 is 0. A NaN stays one. Counts fill whole vectors. */
final class Relu {
    private static final FloatVector ZERO = constant(0f);

    private Relu() {}

    static void forward(long x, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).max(ZERO).intoMemorySegment(ALL, y + 4L * i, NATIVE);
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * i, NATIVE);
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            ZERO.blend(above, values.compare(VectorOperators.GT, ZERO))
                    .intoMemorySegment(ALL, gradient + 4L * i, NATIVE);
        }
    }
}
