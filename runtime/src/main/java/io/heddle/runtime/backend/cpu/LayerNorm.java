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
 * Layer normalization (Ba et al., arXiv 1607.06450): y = gain (x - mean) / sqrt(variance + epsilon) + bias over rows of
 * {@code width} floats; the variance divides by {@code width}.
 *
 * <p>The forward pass keeps each row's mean and 1 / sqrt(variance + epsilon) for the backward one. {@code bias} may be 0
 * for none.
 */
public final class LayerNorm {
    private LayerNorm() {}

    /** Normalizes the rows {@code [from, to)}. */
    public static void forward(
            long x, long gain, long bias, long y, long means, long inverseDeviations,
            int width, float epsilon, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            forwardRow(x + start, gain, bias, y + start, at(means, r), at(inverseDeviations, r), width, epsilon);
        }
    }

    /** sum = x + residual and y = norm(sum) for the rows {@code [from, to)}: a residual that closes before a norm. */
    public static void forwardWithResidual(
            long x, long residual, long sum, long gain, long bias, long y, long means, long inverseDeviations,
            int width, float epsilon, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.add(x + start, residual + start, sum + start, 0, width);
            forwardRow(sum + start, gain, bias, y + start, at(means, r), at(inverseDeviations, r), width, epsilon);
        }
    }

    private static void forwardRow(
            long x, long gain, long bias, long y, long meanOut, long inverseOut, int width, float epsilon) {
        float mean = RowSums.sum(x, width) / width;
        // A second pass rather than E[x^2] - mean^2, which cancels where the mean is large.
        float variance = RowSums.sumOfSquaredDifferences(x, mean, width) / width;
        float inverse = (float) (1.0 / Math.sqrt(variance + epsilon));
        put(meanOut, mean);
        put(inverseOut, inverse);
        normalize(x, mean, inverse, gain, y, width);
        if (bias != 0) {
            Elementwise.add(y, bias, y, 0, width);
        }
    }

    private static void normalize(long x, float mean, float inverse, long gain, long y, int width) {
        FloatVector means = FloatVector.broadcast(FLOATS, mean);
        FloatVector inverses = FloatVector.broadcast(FLOATS, inverse);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector normal = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE).sub(means).mul(inverses);
            FloatVector scaled = normal.mul(fromMemorySegment(FLOATS, ALL, gain + 4L * j, NATIVE));
            scaled.intoMemorySegment(ALL, y + 4L * j, NATIVE);
        }
        if (whole < width) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, width);
            FloatVector last = fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes);
            FloatVector gains = fromMemorySegment(FLOATS, ALL, gain + 4L * whole, NATIVE, lanes);
            FloatVector scaled = last.sub(means).mul(inverses).mul(gains);
            scaled.intoMemorySegment(ALL, y + 4L * whole, NATIVE, lanes);
        }
    }

    /**
     * The gradient of x for the rows {@code [from, to)}: with n = (x - mean) i and g = outputGradient gain, it is i (g -
     * average(g) - n average(g n)), i being the inverse deviation.
     */
    public static void backward(
            long x, long gain, long means, long inverseDeviations, long outputGradient, long gradient,
            int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            backwardRow(
                    x + start, gain, get(at(means, r)), get(at(inverseDeviations, r)), outputGradient + start,
                    gradient + start, width);
        }
    }

    private static void backwardRow(
            long x, long gain, float mean, float inverse, long outputGradient, long gradient, int width) {
        float average = Gemv.dot(outputGradient, gain, width) / width;
        float withNormal = inverse * RowSums.sumOfProducts(x, mean, outputGradient, gain, width) / width;
        differentiate(x, gain, mean, inverse, average, withNormal, outputGradient, gradient, width);
    }

    private static void differentiate(
            long x, long gain, float mean, float inverse, float average, float averageWithNormal,
            long outputGradient, long gradient, int width) {
        int whole = Memory.whole(width);
        FloatVector means = FloatVector.broadcast(FLOATS, mean);
        FloatVector inverses = FloatVector.broadcast(FLOATS, inverse);
        FloatVector averages = FloatVector.broadcast(FLOATS, average);
        // n average(g n) is (x - mean) times this.
        FloatVector slopes = FloatVector.broadcast(FLOATS, averageWithNormal * inverse);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * j, NATIVE);
            FloatVector scaled = above.mul(fromMemorySegment(FLOATS, ALL, gain + 4L * j, NATIVE)).sub(averages);
            FloatVector centred = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE).sub(means);
            scaled.sub(centred.mul(slopes)).mul(inverses).intoMemorySegment(ALL, gradient + 4L * j, NATIVE);
        }
        if (whole < width) {
            differentiateLast(
                    x, gain, mean, inverse, average, averageWithNormal, outputGradient, gradient, whole, width);
        }
    }

    private static void differentiateLast(
            long x, long gain, float mean, float inverse, float average, float averageWithNormal,
            long outputGradient, long gradient, int whole, int width) {
        VectorMask<Float> lanes = FLOATS.indexInRange(whole, width);
        FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * whole, NATIVE, lanes);
        FloatVector scaled = above.mul(fromMemorySegment(FLOATS, ALL, gain + 4L * whole, NATIVE, lanes)).sub(average);
        FloatVector centred = fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes).sub(mean);
        FloatVector result = scaled.sub(centred.mul(averageWithNormal * inverse)).mul(inverse);
        result.intoMemorySegment(ALL, gradient + 4L * whole, NATIVE, lanes);
    }

    /**
     * The gradients of gain and bias for the columns {@code [from, to)}, over all {@code rows}: gainGradient = sum of
     * outputGradient (x - mean) i, biasGradient = sum of outputGradient; the latter may be 0 for none.
     */
    public static void backwardParameters(
            long x, long means, long inverseDeviations, long outputGradient, long gainGradient, long biasGradient,
            int rows, int width, int from, int to) {
        if (biasGradient != 0) {
            ColumnSums.sum(outputGradient, biasGradient, rows, width, from, to);
        }
        Memory.fill(at(gainGradient, from), 0f, to - from);
        for (int r = 0; r < rows; r += ColumnSums.ROWS_AT_ONCE) {
            int height = Math.min(ColumnSums.ROWS_AT_ONCE, rows - r);
            for (int j = from; j < to; j += LANES) {
                VectorMask<Float> lanes = FLOATS.indexInRange(j, to);
                FloatVector sum = FloatVector.zero(FLOATS);
                for (int i = r; i < r + height; i++) {
                    long offset = at(4L * i * width, j);
                    FloatVector normal =
                            fromMemorySegment(FLOATS, ALL, x + offset, NATIVE, lanes).sub(get(at(means, i)))
                                    .mul(get(at(inverseDeviations, i)));
                    sum = fromMemorySegment(FLOATS, ALL, outputGradient + offset, NATIVE, lanes).fma(normal, sum);
                }
                fromMemorySegment(FLOATS, ALL, gainGradient + 4L * j, NATIVE, lanes).add(sum).intoMemorySegment(ALL,
                        gainGradient + 4L * j, NATIVE, lanes);
            }
        }
    }
}
