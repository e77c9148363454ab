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
import jdk.incubator.vector.VectorOperators;

/**
 * From a row of attention scores to weights, and back, in place. Rows were prepared by {@link ScoreTile#hide}: whole vectors
 * around {@code [from, to)} hold scores, minus infinity among them; {@code width} is where the tile ends.
 */
final class WeightRows {
    private WeightRows() {}

    /**
     * Turns scores to e^(score - largest), and those which are not seen to 0, where the largest is over this and all earlier
     * tiles.
     *
     * @param largest the address of the largest score so far, which is updated
     * @param sum the address of the sum of weights so far, which is corrected and updated
     * @return what earlier weights, and so the output so far, must be multiplied by
     */
    static float weigh(long row, int from, int to, int width, long largest, long sum) {
        int begin = ScoreTile.down(from);
        int end = ScoreTile.up(to);
        float before = get(largest);
        float now = Math.max(before, largest(row, begin, end));
        if (from >= to || now == Float.NEGATIVE_INFINITY) {
            Memory.fill(row, 0f, width);
            return 1f;
        }
        float added = Exponential.apply(at(row, begin), 1f, now, at(row, begin), end - begin);
        clearAround(row, begin, end, width);
        float correction = correction(before, now);
        put(largest, now);
        put(sum, get(sum) * correction + added);
        return correction;
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
            largest = largest.max(fromMemorySegment(FLOATS, ALL, row + 4L * j, NATIVE));
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    /**
     * Turns scores to weights w = e^(score - logSumExp), and the gradients of weights to gradients of scores, w (gradient -
     * common); what is not seen becomes 0 in both.
     */
    static void differentiate(
            long scores, long gradients, int from, int to, int width, float logSumExp, float common) {
        if (from >= to || logSumExp == Float.NEGATIVE_INFINITY) {
            Memory.fill(scores, 0f, width);
            Memory.fill(gradients, 0f, width);
            return;
        }
        int begin = ScoreTile.down(from);
        int end = ScoreTile.up(to);
        // Past the tile's end there is no gradient but what an earlier tile left.
        ScoreTile.setAfter(gradients, to, 0f);
        Exponential.apply(at(scores, begin), 1f, logSumExp, at(scores, begin), end - begin);
        multiplyDifferences(gradients, common, scores, begin, end);
        clearAround(scores, begin, end, width);
        clearAround(gradients, begin, end, width);
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

    private static void clearAround(long row, int begin, int end, int width) {
        Memory.fill(row, 0f, begin);
        Memory.fill(at(row, end), 0f, Math.max(0, width - end));
    }
}
