package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * sigmoid(x) = 1 / (1 + e^-x), within 4 ulp; its slope is e / (1 + e)^2 with e = e^-|x|, which does not cancel on either side.
 * Counts fill whole vectors; {@code powers} is memory for as many floats.
 */
final class Sigmoid {
    private static final FloatVector ONE = constant(1f);

    private Sigmoid() {}

    static void forward(long x, long y, int count, long powers) {
        Exponential.apply(x, -1f, 0f, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector below = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE).add(ONE);
            ONE.div(below).intoMemorySegment(ALL, y + 4L * i, NATIVE);
        }
    }

    /** gradient = outputGradient scale sigmoid'(steepness x): with 2 and 4 it is tanh's. */
    static void backward(
            long x, long outputGradient, long gradient, int count, long powers, float steepness, float scale) {
        for (int i = 0; i < count; i += LANES) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).abs().intoMemorySegment(ALL, powers + 4L * i, NATIVE);
        }
        Exponential.apply(powers, -steepness, 0f, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            FloatVector below = power.add(ONE);
            FloatVector slope = power.mul(scale).div(below.mul(below));
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * i, NATIVE);
            above.mul(slope).intoMemorySegment(ALL, gradient + 4L * i, NATIVE);
        }
    }
}
