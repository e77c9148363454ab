package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.VECTOR_BYTES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function over memory, for everything that needs it: softmax, losses and most activations.
 *
 * <p>e^x = 2^n e^r with n = x / ln 2 rounded and |r| at most ln(2) / 2; e^r by a polynomial, a minimax fit of Heddle's own.
 * The result is within 2 ulp, 0 where it would be below the smallest normal float, and e^88 where it would be larger.
 */
final class Exponential {
    private static final FloatVector ZERO = constant(0f);
    private static final FloatVector ONE = constant(1f);

    /** Below it the result is smaller than the smallest normal float. */
    private static final FloatVector LOWEST = constant(-87.33654f);

    private static final FloatVector HIGHEST = constant(88f);
    private static final FloatVector LOG2_E = constant(1.442695f);

    // -ln 2 in two parts, the first so short that its products with n are exact.
    private static final FloatVector MINUS_LN2_HIGH = constant(-0x1.63p-1f);
    private static final FloatVector MINUS_LN2_LOW = constant(2.12194440e-4f);

    /** 1.5 * 2^23: adding it rounds a float of moderate size to an integer, which then stands in the low bits. */
    private static final FloatVector ROUNDER = constant(12582912f);

    /** (e^r - 1 - r) / r^2 as a polynomial. */
    private static final FloatVector POWER_4 = constant(0.0013814599f);

    private static final FloatVector POWER_3 = constant(0.008368717f);
    private static final FloatVector POWER_2 = constant(0.04166839f);
    private static final FloatVector POWER_1 = constant(0.16666521f);
    private static final FloatVector POWER_0 = constant(0.49999994f);

    private Exponential() {}

    /** A constant of a formula as a vector: as a number it costs the compiler an operation more wherever it is used. */
    static FloatVector constant(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    /** y[i] = e^(factor x[i] - shift) for {@code count} floats that fill whole vectors; returns the sum. */
    static float apply(long x, float factor, float shift, long y, int count) {
        long work = Scratch.floats(Scratch.Use.EXPONENTIAL, 2L * LANES);
        put(work, shift);
        rows(x, factor, work, y, count, 1, count, at(work, LANES));
        return LaneSums.sum(load(at(work, LANES)));
    }

    /**
     * The same for rows of {@code width} floats that begin {@code stride} apart, each with a shift of its own.
     *
     * @param sums a vector for each row, whose lanes add up to its sum
     */
    static void rows(long x, float factor, long shifts, long y, int stride, int rows, int width, long sums) {
        for (int row = 0; row < rows; row++) {
            long start = 4L * row * stride;
            row(x + start, factor, get(at(shifts, row)), y + start, width, sums + (long) VECTOR_BYTES * row);
        }
    }

    private static void row(long x, float factor, float shift, long y, int count, long sums) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        FloatVector shifts = FloatVector.broadcast(FLOATS, -shift);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i += LANES) {
            FloatVector exponents = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE).fma(factors, shifts);
            // Not max and min, which are five instructions each: Java orders zeros by their signs.
            VectorMask<Float> tiny = exponents.compare(VectorOperators.LT, LOWEST);
            FloatVector inside = exponents.blend(LOWEST, tiny)
                    .blend(HIGHEST, exponents.compare(VectorOperators.GT, HIGHEST));
            FloatVector shifted = inside.fma(LOG2_E, ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, inside));
            FloatVector p = POWER_4.fma(r, POWER_3).fma(r, POWER_2).fma(r, POWER_1).fma(r, POWER_0);
            p = p.fma(r.mul(r), r).add(ONE);
            // The low bits of shifted are n; moved up they are added to p's exponent.
            FloatVector powers = p.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .blend(ZERO, tiny);
            powers.intoMemorySegment(ALL, y + 4L * i, NATIVE);
            sum = sum.add(powers);
        }
        sum.intoMemorySegment(ALL, sums, NATIVE);
    }
}
