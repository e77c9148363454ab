package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A row times a matrix: y = alpha x op(W) + beta y, which every decoded token does with every weight.
 *
 * <p>Each weight is used once, so reading them is all the time there is: several rows are read at once, far from each other, and
 * each sum has an accumulator of its own.
 */
final class Gemv {
    private static final int STREAMS = 8;
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
        int apart = (to - from) / STREAMS;
        long sums = Scratch.floats(Scratch.Use.ROW, (long) STREAMS * LANES);
        for (int row = from; row < from + apart; row++) {
            streams(Memory.whole(inner), x, at(weights, (long) row * stride), 4L * stride * apart, sums);
            for (int stream = 0; stream < STREAMS; stream++) {
                int column = row + stream * apart;
                float sum = LaneSums.sum(load(at(sums, (long) stream * LANES)));
                finish(at(y, column), alpha, sum + rest(x, at(weights, (long) column * stride), inner), beta);
            }
        }
        for (int row = from + STREAMS * apart; row < to; row++) {
            finish(at(y, row), alpha, dot(x, at(weights, (long) row * stride), inner), beta);
        }
    }

    /**
     * The products of x with rows that lie {@code apart} bytes from each other, as vectors still to be summed. Memory is read
     * fastest when several places are read on: each is fetched ahead by itself.
     */
    private static void streams(int count, long x, long row0, long apart, long sums) {
        long row1 = row0 + apart;
        long row2 = row1 + apart;
        long row3 = row2 + apart;
        long row4 = row3 + apart;
        long row5 = row4 + apart;
        long row6 = row5 + apart;
        long row7 = row6 + apart;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            sum0 = fromMemorySegment(FLOATS, ALL, row0 + 4L * i, NATIVE).fma(value, sum0);
            sum1 = fromMemorySegment(FLOATS, ALL, row1 + 4L * i, NATIVE).fma(value, sum1);
            sum2 = fromMemorySegment(FLOATS, ALL, row2 + 4L * i, NATIVE).fma(value, sum2);
            sum3 = fromMemorySegment(FLOATS, ALL, row3 + 4L * i, NATIVE).fma(value, sum3);
            sum4 = fromMemorySegment(FLOATS, ALL, row4 + 4L * i, NATIVE).fma(value, sum4);
            sum5 = fromMemorySegment(FLOATS, ALL, row5 + 4L * i, NATIVE).fma(value, sum5);
            sum6 = fromMemorySegment(FLOATS, ALL, row6 + 4L * i, NATIVE).fma(value, sum6);
            sum7 = fromMemorySegment(FLOATS, ALL, row7 + 4L * i, NATIVE).fma(value, sum7);
        }
        sum0.intoMemorySegment(ALL, sums, NATIVE);
        sum1.intoMemorySegment(ALL, at(sums, LANES), NATIVE);
        sum2.intoMemorySegment(ALL, at(sums, 2L * LANES), NATIVE);
        sum3.intoMemorySegment(ALL, at(sums, 3L * LANES), NATIVE);
        sum4.intoMemorySegment(ALL, at(sums, 4L * LANES), NATIVE);
        sum5.intoMemorySegment(ALL, at(sums, 5L * LANES), NATIVE);
        sum6.intoMemorySegment(ALL, at(sums, 6L * LANES), NATIVE);
        sum7.intoMemorySegment(ALL, at(sums, 7L * LANES), NATIVE);
    }

    /** What whole vectors leave over. */
    private static float rest(long x, long row, int inner) {
        float sum = 0;
        for (int i = Memory.whole(inner); i < inner; i++) {
            sum += get(at(x, i)) * get(at(row, i));
        }
        return sum;
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
