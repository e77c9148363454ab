package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A row times a matrix: y = alpha x op(W) + beta y, which every decoded token does with every weight.
 *
 * <p>Each weight is used once, so reading them is all the time there is: several rows are read at once, and each sum has
 * an accumulator of its own.
 */
final class Gemv {
    private static final int ROWS_AT_ONCE = 4;
    private static final int VECTORS_AT_ONCE = 4;

    private Gemv() {}

    /**
     * Computes the columns {@code [from, to)} of y = alpha x op(W) + beta y.
     *
     * @param transposed whether W is stored as {@code [columns, inner]}, as the weights of a linear layer are, and not
     *     as {@code [inner, columns]}
     */
    static void multiply(
            boolean transposed, int columns, int inner, float alpha, long x, long weights, int stride,
            float beta, long y, int from, int to) {
        if (transposed) {
            multiplyTransposed(inner, alpha, x, weights, stride, beta, y, from, to);
        } else {
            multiplyPlain(inner, alpha, x, weights, stride, beta, y, from, to);
        }
    }

    private static void multiplyTransposed(
            int inner, float alpha, long x, long weights, int stride, float beta, long y, int from, int to) {
        int row = from;
        for (; row + ROWS_AT_ONCE <= to; row += ROWS_AT_ONCE) {
            fourDots(inner, alpha, x, at(weights, (long) row * stride), stride, beta, at(y, row));
        }
        for (; row < to; row++) {
            finish(at(y, row), alpha, dot(x, at(weights, (long) row * stride), inner), beta);
        }
    }

    private static void fourDots(int inner, float alpha, long x, long row0, int stride, float beta, long y) {
        long row1 = at(row0, stride);
        long row2 = at(row1, stride);
        long row3 = at(row2, stride);
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        int whole = Memory.whole(inner);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            sum0 = fromMemorySegment(FLOATS, ALL, row0 + 4L * i, NATIVE).fma(value, sum0);
            sum1 = fromMemorySegment(FLOATS, ALL, row1 + 4L * i, NATIVE).fma(value, sum1);
            sum2 = fromMemorySegment(FLOATS, ALL, row2 + 4L * i, NATIVE).fma(value, sum2);
            sum3 = fromMemorySegment(FLOATS, ALL, row3 + 4L * i, NATIVE).fma(value, sum3);
        }
        finish(y, alpha, LaneSums.sum(sum0), beta);
        finish(at(y, 1), alpha, LaneSums.sum(sum1), beta);
        finish(at(y, 2), alpha, LaneSums.sum(sum2), beta);
        finish(at(y, 3), alpha, LaneSums.sum(sum3), beta);
        if (whole < inner) {
            for (int row = 0; row < ROWS_AT_ONCE; row++) {
                float rest = dot(at(x, whole), at(row0, (long) row * stride + whole), inner - whole);
                put(at(y, row), get(at(y, row)) + alpha * rest);
            }
        }
    }

    /** The sum of products of two rows of {@code count} floats. */
    static float dot(long x, long y, int count) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int whole = Memory.whole(count);
        for (int i = 0; i < whole; i += LANES) {
            sum = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE)
                    .fma(fromMemorySegment(FLOATS, ALL, y + 4L * i, NATIVE), sum);
        }
        if (whole < count) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, count);
            sum = fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes)
                    .fma(fromMemorySegment(FLOATS, ALL, y + 4L * whole, NATIVE, lanes), sum);
        }
        return LaneSums.sum(sum);
    }

    private static void finish(long y, float alpha, float sum, float beta) {
        put(y, beta == 0f ? alpha * sum : alpha * sum + beta * get(y));
    }

    private static void multiplyPlain(
            int inner, float alpha, long x, long weights, int stride, float beta, long y, int from, int to) {
        int column = from;
        for (; column + VECTORS_AT_ONCE * LANES <= to; column += VECTORS_AT_ONCE * LANES) {
            fourVectors(inner, alpha, x, at(weights, column), stride, beta, at(y, column));
        }
        for (; column < to; column += LANES) {
            oneVector(inner, alpha, x, at(weights, column), stride, beta, at(y, column),
                    FLOATS.indexInRange(column, to));
        }
    }

    private static void fourVectors(
            int inner, float alpha, long x, long weights, int stride, float beta, long y) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        long row = weights;
        for (int i = 0; i < inner; i++) {
            FloatVector value = FloatVector.broadcast(FLOATS, get(at(x, i)));
            sum0 = fromMemorySegment(FLOATS, ALL, row, NATIVE).fma(value, sum0);
            sum1 = fromMemorySegment(FLOATS, ALL, row + 4L * LANES, NATIVE).fma(value, sum1);
            sum2 = fromMemorySegment(FLOATS, ALL, row + 8L * LANES, NATIVE).fma(value, sum2);
            sum3 = fromMemorySegment(FLOATS, ALL, row + 12L * LANES, NATIVE).fma(value, sum3);
            row = at(row, stride);
        }
        finish(y, alpha, sum0, beta);
        finish(at(y, LANES), alpha, sum1, beta);
        finish(at(y, 2L * LANES), alpha, sum2, beta);
        finish(at(y, 3L * LANES), alpha, sum3, beta);
    }

    private static void finish(long y, float alpha, FloatVector sum, float beta) {
        FloatVector result = sum.mul(alpha);
        (beta == 0f
                ? result
                : fromMemorySegment(FLOATS, ALL, y, NATIVE).fma(FloatVector.broadcast(FLOATS, beta), result))
                .intoMemorySegment(ALL, y, NATIVE);
    }

    private static void oneVector(
            int inner, float alpha, long x, long weights, int stride, float beta, long y, VectorMask<Float> lanes) {
        FloatVector sum = FloatVector.zero(FLOATS);
        long row = weights;
        for (int i = 0; i < inner; i++) {
            sum = fromMemorySegment(FLOATS, ALL, row, NATIVE, lanes).fma(FloatVector.broadcast(FLOATS, get(at(x, i))),
                    sum);
            row = at(row, stride);
        }
        FloatVector result = sum.mul(alpha);
        (beta == 0f
                ? result
                : fromMemorySegment(FLOATS, ALL, y, NATIVE, lanes).fma(FloatVector.broadcast(FLOATS, beta), result))
                .intoMemorySegment(ALL, y, NATIVE, lanes);
    }
}
