package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * x sigmoid(steepness x): silu for steepness 1 (Elfwing et al., arXiv 1702.03118; swish of arXiv 1710.05941) and quick gelu
 * for 1.702 (arXiv 1606.08415, as CLIP uses it). Its slope is s + x steepness s (1 - s). Counts fill whole vectors; {@code
 * powers} is memory for as many floats.
 */
final class Swish {
    /** Where sigmoid(-x) is 0 to a float, however large the x it is multiplied by. */
    private static final FloatVector FLAT = constant(100f);

    private static final FloatVector MINUS_FLAT = constant(-100f);
    private static final FloatVector ONE = constant(1f);

    private Swish() {}

    static void forward(long x, long y, int count, long powers, float steepness) {
        Exponential.apply(x, -steepness, 0f, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector below = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE).add(ONE);
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            values.max(MINUS_FLAT).div(below).intoMemorySegment(ALL, y + 4L * i, NATIVE);
        }
    }

    /** The value and the slope of x. */
    static void withSlope(long x, long slope, long y, int count, long powers, float steepness) {
        Exponential.apply(x, -steepness, 0f, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            FloatVector scaled = values.mul(steepness).max(MINUS_FLAT).min(FLAT);
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            FloatVector sigmoid = ONE.div(power.add(ONE));
            values.max(MINUS_FLAT).mul(sigmoid).intoMemorySegment(ALL, y + 4L * i, NATIVE);
            scaled.mul(power.mul(sigmoid)).fma(sigmoid, sigmoid).intoMemorySegment(ALL, slope + 4L * i, NATIVE);
        }
    }

    static void backward(
            long x, long outputGradient, long gradient, int count, long powers, float steepness) {
        Exponential.apply(x, -steepness, 0f, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            FloatVector scaled = values.mul(steepness).max(MINUS_FLAT).min(FLAT);
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            FloatVector sigmoid = ONE.div(power.add(ONE));
            // 1 - s = e^-scaled s, which unlike the difference does not cancel.
            FloatVector slope = scaled.mul(power.mul(sigmoid)).fma(sigmoid, sigmoid);
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * i, NATIVE);
            above.mul(slope).intoMemorySegment(ALL, gradient + 4L * i, NATIVE);
        }
    }
}
