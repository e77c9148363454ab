package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A row times a matrix: y = alpha x op(W) + beta y, which every decoded token does with every weight.
 *
 * <p>Each weight is used once, so reading them is all the time there is: several rows are read at once, and each sum has
 * an accumulator of its own.
 */
public final class Gemv {
    private static final int ROWS_AT_ONCE = 4;
    private static final int VECTORS_AT_ONCE = 4;

    private Gemv() {}

    /**
     * Computes the columns {@code [from, to)} of y = alpha x op(W) + beta y.
     *
     * @param transposed whether W is stored as {@code [columns, inner]}, as the weights of a linear layer are, and not
     *     as {@code [inner, columns]}
     */
    public static void multiply(
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
        FloatVector sum0 = FloatVector.zero(Memory.FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        int whole = Memory.whole(inner);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = load(at(x, i));
            sum0 = load(at(row0, i)).fma(value, sum0);
            sum1 = load(at(row1, i)).fma(value, sum1);
            sum2 = load(at(row2, i)).fma(value, sum2);
            sum3 = load(at(row3, i)).fma(value, sum3);
        }
        if (whole < inner) {
            VectorMask<Float> lanes = tail(whole, inner);
            FloatVector value = load(at(x, whole), lanes);
            sum0 = load(at(row0, whole), lanes).fma(value, sum0);
            sum1 = load(at(row1, whole), lanes).fma(value, sum1);
            sum2 = load(at(row2, whole), lanes).fma(value, sum2);
            sum3 = load(at(row3, whole), lanes).fma(value, sum3);
        }
        finish(y, alpha, LaneSums.sum(sum0), beta);
        finish(at(y, 1), alpha, LaneSums.sum(sum1), beta);
        finish(at(y, 2), alpha, LaneSums.sum(sum2), beta);
        finish(at(y, 3), alpha, LaneSums.sum(sum3), beta);
    }

    /** The sum of products of two rows of {@code count} floats. */
    static float dot(long x, long y, int count) {
        FloatVector sum = FloatVector.zero(Memory.FLOATS);
        int whole = Memory.whole(count);
        for (int i = 0; i < whole; i += LANES) {
            sum = load(at(x, i)).fma(load(at(y, i)), sum);
        }
        if (whole < count) {
            VectorMask<Float> lanes = tail(whole, count);
            sum = load(at(x, whole), lanes).fma(load(at(y, whole), lanes), sum);
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
            oneVector(inner, alpha, x, at(weights, column), stride, beta, at(y, column), tail(column, to));
        }
    }

    private static void fourVectors(
            int inner, float alpha, long x, long weights, int stride, float beta, long y) {
        FloatVector sum0 = FloatVector.zero(Memory.FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        long row = weights;
        for (int i = 0; i < inner; i++) {
            FloatVector value = broadcast(get(at(x, i)));
            sum0 = load(row).fma(value, sum0);
            sum1 = load(at(row, LANES)).fma(value, sum1);
            sum2 = load(at(row, 2L * LANES)).fma(value, sum2);
            sum3 = load(at(row, 3L * LANES)).fma(value, sum3);
            row = at(row, stride);
        }
        finish(y, alpha, sum0, beta);
        finish(at(y, LANES), alpha, sum1, beta);
        finish(at(y, 2L * LANES), alpha, sum2, beta);
        finish(at(y, 3L * LANES), alpha, sum3, beta);
    }

    private static void finish(long y, float alpha, FloatVector sum, float beta) {
        FloatVector result = sum.mul(alpha);
        store(y, beta == 0f ? result : load(y).fma(broadcast(beta), result));
    }

    private static void oneVector(
            int inner, float alpha, long x, long weights, int stride, float beta, long y, VectorMask<Float> lanes) {
        FloatVector sum = FloatVector.zero(Memory.FLOATS);
        long row = weights;
        for (int i = 0; i < inner; i++) {
            sum = load(row, lanes).fma(broadcast(get(at(x, i))), sum);
            row = at(row, stride);
        }
        FloatVector result = sum.mul(alpha);
        store(y, beta == 0f ? result : load(y, lanes).fma(broadcast(beta), result), lanes);
    }
}
