package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions on vectors, without a call out of the vector unit.
 *
 * <p>The polynomials are minimax fits of Heddle's own (weighted least squares, reweighted until the error levels). Stated
 * errors are measured over all representable arguments in the named range, or a dense sample of them, against double
 * precision.
 */
final class VectorMath {
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /** 1.5 * 2^23: adding it rounds a float of moderate size to an integer, which then stands in the low bits. */
    private static final float ROUNDER = 12582912f;

    /** Below it exp is smaller than the smallest normal float, and taken as 0. */
    private static final float EXP_LOWEST = -87.33654f;

    private static final float SIGMOID_FARTHEST = 88f;

    /** tanh is 1 to the last bit from 9.02 on. */
    private static final float TANH_FARTHEST = 10f;

    private static final float TANH_POLYNOMIAL_BELOW = 0.625f;

    private VectorMath() {}

    /** e^x for x at most 0, as in a softmax: within 2 ulp, and 0 where the result would be subnormal. */
    static FloatVector expOfNegative(FloatVector x) {
        return expInside(x.max(EXP_LOWEST)).blend(0f, x.lt(EXP_LOWEST));
    }

    /** e^x = 2^n e^r with |r| <= ln(2) / 2. */
    private static FloatVector expInside(FloatVector x) {
        FloatVector shifted = x.fma(broadcast(LOG2_E), broadcast(ROUNDER));
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(broadcast(-LN2_HIGH), x);
        r = n.fma(broadcast(-LN2_LOW), r);
        FloatVector p = broadcast(0.001381459878757596f);
        p = p.fma(r, broadcast(0.008368716575205326f));
        p = p.fma(r, broadcast(0.04166838899254799f));
        p = p.fma(r, broadcast(0.1666652113199234f));
        p = p.fma(r, broadcast(0.4999999403953552f));
        p = p.fma(r.mul(r), r).add(1f);
        // The low bits of shifted are n; moved up they are added to p's exponent.
        return p.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }

    /** 1 / (1 + e^-x), within 4 ulp; below x = -88 it stops at 6e-39. */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector power = expInside(x.neg().max(EXP_LOWEST).min(SIGMOID_FARTHEST));
        return broadcast(1f).div(power.add(1f));
    }

    /** tanh(x) within 4 ulp: a polynomial around 0, where 1 - 2 / (e^2|x| + 1) would cancel. */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector square = x.mul(x);
        FloatVector p = broadcast(-0.005717045161873102f);
        p = p.fma(square, broadcast(0.02065058797597885f));
        p = p.fma(square, broadcast(-0.05374349653720856f));
        p = p.fma(square, broadcast(0.13331490755081177f));
        p = p.fma(square, broadcast(-0.3333328366279602f));
        FloatVector near = p.mul(square).fma(x, x);
        FloatVector power = expInside(size.min(TANH_FARTHEST).mul(2f));
        FloatVector far = broadcast(1f).sub(broadcast(2f).div(power.add(1f)));
        // The sign of x on the result, which is not negative.
        far = far.reinterpretAsInts()
                .or(x.reinterpretAsInts().and(0x8000_0000))
                .reinterpretAsFloats();
        return far.blend(near, size.lt(TANH_POLYNOMIAL_BELOW));
    }

    /**
     * The distribution function of the standard normal, (1 + erf(x / sqrt 2)) / 2, given {@code bell} = e^(-x^2 / 2).
     * Absolute error below 1e-7, and relative error below 1e-6 + x^2 * 1e-7 in the left tail. Beyond |x| = 1 it is
     * bell * u * P(u) with u = 1 / (1 + 0.34 |x|), and 1 less that on the right.
     */
    static FloatVector normalDistribution(FloatVector x, FloatVector bell) {
        FloatVector size = x.abs();
        FloatVector u = broadcast(1f).div(size.fma(broadcast(0.34f), broadcast(1f)));
        FloatVector tail = broadcast(-0.026120491325855255f);
        tail = tail.fma(u, broadcast(0.13949957489967346f));
        tail = tail.fma(u, broadcast(-0.27313289046287537f));
        tail = tail.fma(u, broadcast(0.2021828144788742f));
        tail = tail.fma(u, broadcast(-0.04471854120492935f));
        tail = tail.fma(u, broadcast(0.11535919457674026f));
        tail = tail.fma(u, broadcast(0.11519765108823776f));
        tail = tail.fma(u, broadcast(0.13611219823360443f));
        tail = tail.fma(u, broadcast(0.13562050461769104f));
        tail = tail.mul(u).mul(bell);
        VectorMask<Float> right = x.compare(VectorOperators.GE, 0f);
        FloatVector far = tail.blend(broadcast(1f).sub(tail), right);
        return far.blend(centre(x), size.lt(1f));
    }

    /** The same for |x| below 1: 1/2 + x Q(x^2). */
    private static FloatVector centre(FloatVector x) {
        FloatVector square = x.mul(x);
        FloatVector p = broadcast(9.246838453691453e-05f);
        p = p.fma(square, broadcast(-0.0011653507826849818f));
        p = p.fma(square, broadcast(0.009964167140424252f));
        p = p.fma(square, broadcast(-0.06648872792720795f));
        p = p.fma(square, broadcast(0.3989422023296356f));
        return p.fma(x, broadcast(0.5f));
    }
}
