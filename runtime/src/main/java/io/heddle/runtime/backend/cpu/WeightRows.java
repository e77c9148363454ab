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
import jdk.incubator.vector.VectorOperators;

/**
 * From rows of attention scores to weights, and back, in place. Rows are {@code stride} apart, and were prepared by {@link
 * ScoreTile#hide}: the whole vectors {@code [begin, end)} of each hold scores, minus infinity among them; {@code width} is
 * where the tile ends.
 *
 * <p>Each step is done for all rows before the next one: rows are short, and what one of them waits for, others need not.
 */
final class WeightRows {
    private WeightRows() {}

    /** How many floats of {@code work} so many rows take. */
    static int work(int rows) {
        return rows * (1 + LANES);
    }

    /**
     * Turns scores to e^(score - largest), and those which are not seen to 0, where the largest is over this and all earlier
     * tiles.
     *
     * @param largest for each row the largest score so far, which is updated
     * @param sums for each row the sum of weights so far, which is corrected and updated
     * @param corrections written: what earlier weights, and so the output so far, must be multiplied by
     */
    static void weigh(
            long scores, int stride, int rows, int begin, int end, int width,
            long largest, long sums, long corrections, long work) {
        for (int i = 0; i < rows; i++) {
            float before = get(at(largest, i));
            float now = Math.max(before, largest(at(scores, (long) i * stride), begin, end));
            put(at(corrections, i), correction(before, now));
            put(at(largest, i), now);
            // A row that has seen nothing holds minus infinity alone, which any number leaves as it is.
            put(at(work, i), now == Float.NEGATIVE_INFINITY ? 0f : now);
        }
        long first = at(scores, begin);
        long added = at(work, rows);
        Exponential.rows(first, 1f, work, first, stride, rows, end - begin, added);
        for (int i = 0; i < rows; i++) {
            float more = LaneSums.sum(load(at(added, (long) i * LANES)));
            put(at(sums, i), get(at(sums, i)) * get(at(corrections, i)) + more);
        }
        clearAround(scores, stride, rows, begin, end, width);
    }

    private static float correction(float before, float now) {
        if (before == now) {
            return 1f;
        }
        return before == Float.NEGATIVE_INFINITY ? 0f : (float) Math.exp(before - now);
    }

    private static float largest(long row, int begin, int end) {
        FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = begin; j < end; j += LANES) {
            FloatVector scores = fromMemorySegment(FLOATS, ALL, row + 4L * j, NATIVE);
            largest = largest.blend(scores, scores.compare(VectorOperators.GT, largest));
        }
        return LaneSums.largest(largest);
    }

    /**
     * Turns scores to weights w = e^(score - logSumExp), and the gradients of weights to gradients of scores, w (gradient -
     * common); what is not seen becomes 0 in both.
     *
     * @param logSumExps one for each row
     * @param commons one for each row
     */
    static void differentiate(
            long scores, long gradients, int stride, int rows, int begin, int end, int width,
            long logSumExps, long commons, long work) {
        for (int i = 0; i < rows; i++) {
            float logSumExp = get(at(logSumExps, i));
            // A row that has seen nothing has no weights.
            put(at(work, i), logSumExp == Float.NEGATIVE_INFINITY ? Float.POSITIVE_INFINITY : logSumExp);
        }
        long first = at(scores, begin);
        Exponential.rows(first, 1f, work, first, stride, rows, end - begin, at(work, rows));
        for (int i = 0; i < rows; i++) {
            long offset = (long) i * stride;
            multiplyDifferences(at(gradients, offset), get(at(commons, i)), at(scores, offset), begin, end);
        }
        clearAround(scores, stride, rows, begin, end, width);
        clearAround(gradients, stride, rows, begin, end, width);
    }

    /** gradients = (gradients - common) weights. */
    private static void multiplyDifferences(long gradients, float common, long weights, int begin, int end) {
        FloatVector commons = FloatVector.broadcast(FLOATS, common);
        for (int j = begin; j < end; j += LANES) {
            FloatVector differences = fromMemorySegment(FLOATS, ALL, gradients + 4L * j, NATIVE).sub(commons);
            differences.mul(fromMemorySegment(FLOATS, ALL, weights + 4L * j, NATIVE))
                    .intoMemorySegment(ALL, gradients + 4L * j, NATIVE);
        }
    }

    private static void clearAround(long rows, int stride, int count, int begin, int end, int width) {
        if (begin == 0 && end >= width) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long row = at(rows, (long) i * stride);
            Memory.fill(row, 0f, begin);
            Memory.fill(at(row, end), 0f, Math.max(0, width - end));
        }
    }
}
