package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * tanh(x), within 5 ulp and never beyond 1, as x P(x^2) / Q(x^2), a minimax fit of Heddle's own. Its slope is 1 - tanh(x)^2 =
 * 4 sigmoid'(2 x), which does not cancel. Counts fill whole vectors.
 */
final class Tanh {
    /** tanh is 1 less 3e-8 there. */
    private static final FloatVector FARTHEST = constant(9f);

    private static final FloatVector MINUS_FARTHEST = constant(-9f);
    private static final FloatVector ONE = constant(1f);
    private static final FloatVector MINUS_ONE = constant(-1f);

    /** P, whose lowest coefficient is 1. */
    private static final FloatVector ABOVE_5 = constant(-1.2246203e-11f);

    private static final FloatVector ABOVE_4 = constant(3.0642465e-8f);
    private static final FloatVector ABOVE_3 = constant(2.8031282e-5f);
    private static final FloatVector ABOVE_2 = constant(0.0038695065f);
    private static final FloatVector ABOVE_1 = constant(0.13680856f);

    /** Q, whose lowest coefficient is 1. */
    private static final FloatVector BELOW_4 = constant(1.2890331e-6f);

    private static final FloatVector BELOW_3 = constant(3.9407107e-4f);
    private static final FloatVector BELOW_2 = constant(0.02725015f);
    private static final FloatVector BELOW_1 = constant(0.4701419f);

    private Tanh() {}

    static void forward(long x, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector near = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).max(MINUS_FARTHEST).min(FARTHEST);
            FloatVector square = near.mul(near);
            FloatVector above = ABOVE_5.fma(square, ABOVE_4).fma(square, ABOVE_3).fma(square, ABOVE_2);
            above = above.fma(square, ABOVE_1).fma(square, ONE);
            FloatVector below = BELOW_4.fma(square, BELOW_3).fma(square, BELOW_2).fma(square, BELOW_1);
            below = below.fma(square, ONE);
            near.mul(above).div(below).max(MINUS_ONE).min(ONE)
                    .intoMemorySegment(ALL, y + 4L * i, NATIVE);
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count, long powers) {
        Sigmoid.backward(x, outputGradient, gradient, count, powers, 2f, 4f);
    }
}
