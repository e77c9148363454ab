package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3): the approximation of gelu which GPT-2 and BERT's first code
 * use (arXiv 1606.08415, section 2). It is computed as x s with s = sigmoid(2 u), which is the same and does not cancel. Its
 * slope is s + x s (1 - s) 2 u'(x). Counts fill whole vectors; {@code powers} is memory for as many floats.
 */
final class GeluTanh {
    /** 2 sqrt(2 / pi), and the same times 0.044715, and that times 3. */
    private static final FloatVector LINEAR = constant(1.5957692f);

    private static final FloatVector CUBIC = constant(0.07135482f);
    private static final FloatVector CUBIC_RISE = constant(0.21406446f);

    /** Beyond |x| = 20 the slope is 0 or 1 to the last bit, and on the left so is the value. */
    private static final FloatVector FLAT = constant(20f);

    private static final FloatVector MINUS_FLAT = constant(-20f);
    private static final FloatVector ONE = constant(1f);

    private GeluTanh() {}

    static void forward(long x, long y, int count, long powers) {
        powers(x, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector below = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE).add(ONE);
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            values.max(MINUS_FLAT).div(below).intoMemorySegment(ALL, y + 4L * i, NATIVE);
        }
    }

    /** e^(-2 u). */
    private static void powers(long x, long powers, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            // Far out x^3 would overflow, where the function has long been flat or x itself.
            FloatVector near = values.max(MINUS_FLAT).min(FLAT);
            FloatVector chord = near.mul(near).fma(CUBIC, LINEAR);
            near.mul(chord).intoMemorySegment(ALL, powers + 4L * i, NATIVE);
        }
        Exponential.apply(powers, -1f, 0f, powers, count);
    }

    /** The value and the slope of x. */
    static void withSlope(long x, long slope, long y, int count, long powers) {
        powers(x, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).max(MINUS_FLAT);
            FloatVector near = values.min(FLAT);
            FloatVector rise = near.mul(near).fma(CUBIC_RISE, LINEAR);
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            FloatVector sigmoid = ONE.div(power.add(ONE));
            FloatVector bend = power.mul(sigmoid).mul(sigmoid);
            values.mul(sigmoid).intoMemorySegment(ALL, y + 4L * i, NATIVE);
            near.mul(bend).fma(rise, sigmoid).intoMemorySegment(ALL, slope + 4L * i, NATIVE);
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count, long powers) {
        powers(x, powers, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector near = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).max(MINUS_FLAT).min(FLAT);
            FloatVector rise = near.mul(near).fma(CUBIC_RISE, LINEAR);
            FloatVector power = fromMemorySegment(FLOATS, ALL, powers + 4L * i, NATIVE);
            FloatVector sigmoid = ONE.div(power.add(ONE));
            // 1 - s = e^(-2 u) s, which unlike the difference does not cancel.
            FloatVector bend = power.mul(sigmoid).mul(sigmoid);
            FloatVector slope = near.mul(bend).fma(rise, sigmoid);
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * i, NATIVE);
            above.mul(slope).intoMemorySegment(ALL, gradient + 4L * i, NATIVE);
        }
    }
}
