package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Exponential.constant;
import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * gelu(x) = x F(x) with F the distribution function of the standard normal, (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel,
 * arXiv 1606.08415). Its slope is F(x) + x f(x), f being the density.
 *
 * <p>Counts fill whole vectors; {@code bells}, for e^(-x^2 / 2), and {@code distribution}, for F, are memory for as many
 * floats.
 */
final class Gelu {
    /** 1 / sqrt(2 pi). */
    private static final FloatVector DENSITY_AT_ZERO = constant(0.3989423f);

    private static final FloatVector ZERO = constant(0f);
    private static final FloatVector HALF = constant(0.5f);
    private static final FloatVector ONE = constant(1f);

    private static final FloatVector TAIL_SCALE = constant(0.34f);

    /** F(-|x|) e^(x^2 / 2) / u as a polynomial of u = 1 / (1 + TAIL_SCALE |x|), for |x| beyond 1. */
    private static final FloatVector TAIL_8 = constant(-0.026120491f);
    private static final FloatVector TAIL_7 = constant(0.13949957f);
    private static final FloatVector TAIL_6 = constant(-0.2731329f);
    private static final FloatVector TAIL_5 = constant(0.20218281f);
    private static final FloatVector TAIL_4 = constant(-0.04471854f);
    private static final FloatVector TAIL_3 = constant(0.115359195f);
    private static final FloatVector TAIL_2 = constant(0.11519765f);
    private static final FloatVector TAIL_1 = constant(0.1361122f);
    private static final FloatVector TAIL_0 = constant(0.1356205f);

    /** (F(x) - 1/2) / x as a polynomial of x^2, for |x| below 1. */
    private static final FloatVector CENTRE_4 = constant(0.000092468385f);
    private static final FloatVector CENTRE_3 = constant(-0.0011653508f);
    private static final FloatVector CENTRE_2 = constant(0.009964167f);
    private static final FloatVector CENTRE_1 = constant(-0.06648873f);
    private static final FloatVector CENTRE_0 = constant(0.3989422f);

    private Gelu() {}

    static void forward(long x, long y, int count, long bells, long distribution) {
        bells(x, bells, count);
        distribution(x, bells, distribution, count);
        Elementwise.multiply(x, distribution, y, 0, count);
    }

    static void backward(
            long x, long outputGradient, long gradient, int count, long bells, long distribution) {
        bells(x, bells, count);
        distribution(x, bells, distribution, count);
        multiplyBySlope(x, bells, distribution, outputGradient, gradient, count);
    }

    /** y = gelu(x) and slope = gelu'(x). */
    static void withSlope(long x, long slope, long y, int count, long bells, long distribution) {
        bells(x, bells, count);
        distribution(x, bells, distribution, count);
        for (int i = 0; i < count; i += LANES) {
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            FloatVector below = fromMemorySegment(FLOATS, ALL, distribution + 4L * i, NATIVE);
            FloatVector density = fromMemorySegment(FLOATS, ALL, bells + 4L * i, NATIVE).mul(DENSITY_AT_ZERO);
            values.mul(below).intoMemorySegment(ALL, y + 4L * i, NATIVE);
            values.fma(density, below).intoMemorySegment(ALL, slope + 4L * i, NATIVE);
        }
    }

    private static void bells(long x, long bells, int count) {
        Elementwise.multiply(x, x, bells, 0, count);
        Exponential.apply(bells, -0.5f, 0f, bells, count);
    }

    /** F(x), within 1e-7, and in the left tail within 1e-6 + 1e-7 x^2 of its own size. */
    private static void distribution(long x, long bells, long distribution, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            FloatVector size = values.abs();
            FloatVector u = ONE.div(size.fma(TAIL_SCALE, ONE));
            FloatVector tail = TAIL_8.fma(u, TAIL_7).fma(u, TAIL_6).fma(u, TAIL_5).fma(u, TAIL_4);
            tail = tail.fma(u, TAIL_3).fma(u, TAIL_2).fma(u, TAIL_1).fma(u, TAIL_0);
            tail = tail.mul(u).mul(fromMemorySegment(FLOATS, ALL, bells + 4L * i, NATIVE));
            FloatVector far = tail.blend(ONE.sub(tail), values.compare(VectorOperators.GE, ZERO));
            FloatVector square = values.mul(values);
            FloatVector centre = CENTRE_4.fma(square, CENTRE_3).fma(square, CENTRE_2).fma(square, CENTRE_1);
            centre = centre.fma(square, CENTRE_0).fma(values, HALF);
            far.blend(centre, size.compare(VectorOperators.LT, ONE))
                    .intoMemorySegment(ALL, distribution + 4L * i, NATIVE);
        }
    }

    private static void multiplyBySlope(
            long x, long bells, long distribution, long outputGradient, long gradient, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector density = fromMemorySegment(FLOATS, ALL, bells + 4L * i, NATIVE).mul(DENSITY_AT_ZERO);
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            FloatVector slope = values.fma(density, fromMemorySegment(FLOATS, ALL, distribution + 4L * i, NATIVE));
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * i, NATIVE);
            above.mul(slope).intoMemorySegment(ALL, gradient + 4L * i, NATIVE);
        }
    }
}
