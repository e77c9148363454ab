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
    private static final float LOG2_E = 1.442695f;
    // ln 2 in two parts, the first so short that its products with n are exact.
    private static final float LN2_HIGH = 0x1.63p-1f;
    private static final float LN2_LOW = -2.12194440e-4f;

    /** 1.5 * 2^23: adding it rounds a float of moderate size to an integer, which then stands in the low bits. */
    private static final float ROUNDER = 12582912f;

    /** Below it exp is smaller than the smallest normal float, and taken as 0. */
    private static final float EXP_LOWEST = -87.33654f;

    private static final float SIGMOID_FARTHEST = 88f;

    /** tanh is 1 less 3e-8 there. */
    private static final float TANH_FARTHEST = 9f;

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
        FloatVector p = broadcast(0.0013814599f);
        p = p.fma(r, broadcast(0.008368717f));
        p = p.fma(r, broadcast(0.04166839f));
        p = p.fma(r, broadcast(0.16666521f));
        p = p.fma(r, broadcast(0.49999994f));
        p = p.fma(r.mul(r), r).add(1f);
        // The low bits of shifted are n; moved up they are added to p's exponent.
        return p.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }

    /** 1 / (1 + e^-x), within 4 ulp; below x = -88 it stops at 6e-39, and does not become 0. */
    static FloatVector sigmoid(FloatVector x) {
        return broadcast(1f).div(sigmoidPower(x).add(1f));
    }

    /** e^-x, in such bounds that with it sigmoid(x) = 1 / (1 + e^-x) and sigmoid(-x) = e^-x sigmoid(x) are finite. */
    static FloatVector sigmoidPower(FloatVector x) {
        return expInside(x.neg().max(EXP_LOWEST).min(SIGMOID_FARTHEST));
    }

    /** tanh(x) within 5 ulp, as x P(x^2) / Q(x^2), and never beyond 1. */
    static FloatVector tanh(FloatVector x) {
        FloatVector near = x.max(-TANH_FARTHEST).min(TANH_FARTHEST);
        FloatVector square = near.mul(near);
        FloatVector above = broadcast(-1.2246203e-11f);
        above = above.fma(square, broadcast(3.0642465e-8f));
        above = above.fma(square, broadcast(2.8031282e-5f));
        above = above.fma(square, broadcast(0.0038695065f));
        above = above.fma(square, broadcast(0.13680856f));
        above = above.fma(square, broadcast(1f));
        FloatVector below = broadcast(1.2890331e-6f);
        below = below.fma(square, broadcast(3.9407107e-4f));
        below = below.fma(square, broadcast(0.02725015f));
        below = below.fma(square, broadcast(0.4701419f));
        below = below.fma(square, broadcast(1f));
        return near.mul(above).div(below).max(-1f).min(1f);
    }

    /**
     * The distribution function of the standard normal, (1 + erf(x / sqrt 2)) / 2, given {@code bell} = e^(-x^2 / 2).
     * Absolute error below 1e-7, and relative error below 1e-6 + x^2 * 1e-7 in the left tail. Beyond |x| = 1 it is
     * bell * u * P(u) with u = 1 / (1 + 0.34 |x|), and 1 less that on the right.
     */
    static FloatVector normalDistribution(FloatVector x, FloatVector bell) {
        FloatVector size = x.abs();
        FloatVector u = broadcast(1f).div(size.fma(broadcast(0.34f), broadcast(1f)));
        FloatVector tail = broadcast(-0.026120491f);
        tail = tail.fma(u, broadcast(0.13949957f));
        tail = tail.fma(u, broadcast(-0.2731329f));
        tail = tail.fma(u, broadcast(0.20218281f));
        tail = tail.fma(u, broadcast(-0.04471854f));
        tail = tail.fma(u, broadcast(0.115359195f));
        tail = tail.fma(u, broadcast(0.11519765f));
        tail = tail.fma(u, broadcast(0.1361122f));
        tail = tail.fma(u, broadcast(0.1356205f));
        tail = tail.mul(u).mul(bell);
        VectorMask<Float> right = x.compare(VectorOperators.GE, 0f);
        FloatVector far = tail.blend(broadcast(1f).sub(tail), right);
        return far.blend(centre(x), size.lt(1f));
    }

    /** The same for |x| below 1: 1/2 + x Q(x^2). */
    private static FloatVector centre(FloatVector x) {
        FloatVector square = x.mul(x);
        FloatVector p = broadcast(0.000092468385f);
        p = p.fma(square, broadcast(-0.0011653508f));
        p = p.fma(square, broadcast(0.009964167f));
        p = p.fma(square, broadcast(-0.06648873f));
        p = p.fma(square, broadcast(0.3989422f));
        return p.fma(x, broadcast(0.5f));
    }
}
