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

/**
 * What all heads of one query do with rows of keys, and with rows of values. A row is read whole, for all heads, and four rows
 * side by side, far from each other: memory is fetched ahead for each of them.
 *
 * @param heads of the query
 * @param group how many of these in turn share a head of the rows
 * @param width of a head
 * @param stride floats from one row to the next
 * @param tile floats from the scores of one head to those of the next
 */
record HeadRows(int heads, int group, int width, int stride, int tile) {
    /** Rows that are read side by side. */
    static final int TOGETHER = 4;

    /** How many floats of {@code work} scores take. */
    int work() {
        return TOGETHER * heads * LANES;
    }

    /** scores[head, row] = scale query[head] rows[row, head] for {@code count} rows. */
    void score(long query, long rows, int count, float scale, long scores, long work) {
        int apart = apart(count);
        for (int row = 0; row < apart; row++) {
            products(query, at(rows, (long) row * stride), 4L * stride * apart, work);
            for (int sum = 0; sum < TOGETHER * heads; sum++) {
                long score = at(scores, (long) (sum / TOGETHER) * tile + row + (long) (sum % TOGETHER) * apart);
                put(score, scale * LaneSums.sum(load(at(work, (long) sum * LANES))));
            }
        }
        for (int row = TOGETHER * apart; row < count; row++) {
            for (int head = 0; head < heads; head++) {
                long key = at(rows, (long) row * stride + (long) (head / group) * width);
                put(at(scores, (long) head * tile + row), scale * Gemv.dot(at(query, (long) head * width), key, width));
            }
        }
    }

    /** How many rows there are from each of those that are read side by side to the next; 0 where none are. */
    private int apart(int count) {
        return width % LANES == 0 ? count / TOGETHER : 0;
    }

    /** The products of each head with rows that lie {@code apart} bytes from each other, as vectors still to be summed. */
    private void products(long query, long rows, long apart, long work) {
        for (int head = 0; head < heads; head++) {
            long left = at(query, (long) head * width);
            long row0 = at(rows, (long) (head / group) * width);
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            for (long i = 0; i < 4L * width; i += VECTOR_BYTES) {
                FloatVector values = fromMemorySegment(FLOATS, ALL, left + i, NATIVE);
                sum0 = fromMemorySegment(FLOATS, ALL, row0 + i, NATIVE).fma(values, sum0);
                sum1 = fromMemorySegment(FLOATS, ALL, row0 + apart + i, NATIVE).fma(values, sum1);
                sum2 = fromMemorySegment(FLOATS, ALL, row0 + 2 * apart + i, NATIVE).fma(values, sum2);
                sum3 = fromMemorySegment(FLOATS, ALL, row0 + 3 * apart + i, NATIVE).fma(values, sum3);
            }
            long sums = work + (long) VECTOR_BYTES * TOGETHER * head;
            sum0.intoMemorySegment(ALL, sums, NATIVE);
            sum1.intoMemorySegment(ALL, sums + VECTOR_BYTES, NATIVE);
            sum2.intoMemorySegment(ALL, sums + 2L * VECTOR_BYTES, NATIVE);
            sum3.intoMemorySegment(ALL, sums + 3L * VECTOR_BYTES, NATIVE);
        }
    }

    /** output[head] = output[head] + the sum of weights[head, row] rows[row, head] over {@code count} rows. */
    void accumulate(long weights, long rows, int count, long output) {
        int apart = apart(count);
        for (int row = 0; row < apart; row++) {
            accumulateFour(at(weights, row), apart, at(rows, (long) row * stride), 4L * stride * apart, output);
        }
        for (int row = TOGETHER * apart; row < count; row++) {
            for (int head = 0; head < heads; head++) {
                long value = at(rows, (long) row * stride + (long) (head / group) * width);
                float weight = get(at(weights, (long) head * tile + row));
                Elementwise.accumulateScaled(value, weight, at(output, (long) head * width), 0, width);
            }
        }
    }

    private void accumulateFour(long weights, int weightsApart, long rows, long apart, long output) {
        for (int head = 0; head < heads; head++) {
            long weight = at(weights, (long) head * tile);
            FloatVector weight0 = FloatVector.broadcast(FLOATS, get(weight));
            FloatVector weight1 = FloatVector.broadcast(FLOATS, get(at(weight, weightsApart)));
            FloatVector weight2 = FloatVector.broadcast(FLOATS, get(at(weight, 2L * weightsApart)));
            FloatVector weight3 = FloatVector.broadcast(FLOATS, get(at(weight, 3L * weightsApart)));
            long row0 = at(rows, (long) (head / group) * width);
            long target = at(output, (long) head * width);
            for (long i = 0; i < 4L * width; i += VECTOR_BYTES) {
                FloatVector sum = fromMemorySegment(FLOATS, ALL, target + i, NATIVE);
                sum = fromMemorySegment(FLOATS, ALL, row0 + i, NATIVE).fma(weight0, sum);
                sum = fromMemorySegment(FLOATS, ALL, row0 + apart + i, NATIVE).fma(weight1, sum);
                sum = fromMemorySegment(FLOATS, ALL, row0 + 2 * apart + i, NATIVE).fma(weight2, sum);
                sum = fromMemorySegment(FLOATS, ALL, row0 + 3 * apart + i, NATIVE).fma(weight3, sum);
                sum.intoMemorySegment(ALL, target + i, NATIVE);
            }
        }
    }
}
