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
        FloatVector means = broadcast(mean);
        FloatVector inverses = broadcast(inverse);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector scaled = load(at(x, j)).sub(means).mul(inverses).mul(load(at(gain, j)));
            store(at(y, j), bias == 0 ? scaled : scaled.add(load(at(bias, j))));
        }
        if (whole < width) {
            VectorMask<Float> lanes = tail(whole, width);
            FloatVector scaled =
                    load(at(x, whole), lanes).sub(means).mul(inverses).mul(load(at(gain, whole), lanes));
            store(at(y, whole), bias == 0 ? scaled : scaled.add(load(at(bias, whole), lanes)), lanes);
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
        FloatVector means = broadcast(mean);
        FloatVector inverses = broadcast(inverse);
        FloatVector sum = FloatVector.zero(Memory.FLOATS);
        FloatVector sumWithNormal = sum;
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector scaled = load(at(outputGradient, j)).mul(load(at(gain, j)));
            FloatVector normal = load(at(x, j)).sub(means).mul(inverses);
            sum = sum.add(scaled);
            sumWithNormal = scaled.fma(normal, sumWithNormal);
        }
        VectorMask<Float> lanes = tail(whole, width);
        if (whole < width) {
            FloatVector scaled = load(at(outputGradient, whole), lanes).mul(load(at(gain, whole), lanes));
            FloatVector normal = load(at(x, whole), lanes).sub(means).mul(inverses);
            sum = sum.add(scaled);
            // Lanes past the end hold gradient 0, so what normal holds there does not count.
            sumWithNormal = scaled.fma(normal, sumWithNormal);
        }
        FloatVector average = broadcast(LaneSums.sum(sum) / width);
        FloatVector averageWithNormal = broadcast(LaneSums.sum(sumWithNormal) / width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector scaled = load(at(outputGradient, j)).mul(load(at(gain, j)));
            FloatVector normal = load(at(x, j)).sub(means).mul(inverses);
            store(at(gradient, j), scaled.sub(average).sub(normal.mul(averageWithNormal)).mul(inverses));
        }
        if (whole < width) {
            FloatVector scaled = load(at(outputGradient, whole), lanes).mul(load(at(gain, whole), lanes));
            FloatVector normal = load(at(x, whole), lanes).sub(means).mul(inverses);
            FloatVector result = scaled.sub(average).sub(normal.mul(averageWithNormal)).mul(inverses);
            store(at(gradient, whole), result, lanes);
        }
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
                VectorMask<Float> lanes = tail(j, to);
                FloatVector sum = FloatVector.zero(Memory.FLOATS);
                for (int i = r; i < r + height; i++) {
                    long offset = at(4L * i * width, j);
                    FloatVector normal =
                            load(x + offset, lanes).sub(get(at(means, i))).mul(get(at(inverseDeviations, i)));
                    sum = load(outputGradient + offset, lanes).fma(normal, sum);
                }
                store(at(gainGradient, j), load(at(gainGradient, j), lanes).add(sum), lanes);
            }
        }
    }
}
