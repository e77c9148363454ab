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
 * Root mean square normalization (Zhang and Sennrich, arXiv 1910.07467): y = gain x / sqrt(average(x^2) + epsilon) over
 * rows of {@code width} floats. The forward pass keeps each row's 1 / sqrt(average(x^2) + epsilon) for the backward one.
 */
public final class RmsNorm {
    private RmsNorm() {}

    /** Normalizes the rows {@code [from, to)}. */
    public static void forward(
            long x, long gain, long y, long inverseRoots, int width, float epsilon, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            forwardRow(x + start, gain, y + start, at(inverseRoots, r), width, epsilon);
        }
    }

    /** sum = x + residual and y = norm(sum) for the rows {@code [from, to)}: a residual that closes before a norm. */
    public static void forwardWithResidual(
            long x, long residual, long sum, long gain, long y, long inverseRoots,
            int width, float epsilon, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.add(x + start, residual + start, sum + start, 0, width);
            forwardRow(sum + start, gain, y + start, at(inverseRoots, r), width, epsilon);
        }
    }

    private static void forwardRow(long x, long gain, long y, long inverseOut, int width, float epsilon) {
        float inverse = (float) (1.0 / Math.sqrt(RowSums.sumOfSquares(x, width) / width + epsilon));
        put(inverseOut, inverse);
        FloatVector inverses = broadcast(inverse);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            store(at(y, j), load(at(x, j)).mul(inverses).mul(load(at(gain, j))));
        }
        if (whole < width) {
            VectorMask<Float> lanes = tail(whole, width);
            store(at(y, whole), load(at(x, whole), lanes).mul(inverses).mul(load(at(gain, whole), lanes)), lanes);
        }
    }

    /**
     * The gradient of x for the rows {@code [from, to)}: with n = x i and g = outputGradient gain, it is i (g - n
     * average(g n)), i being the inverse root.
     */
    public static void backward(
            long x, long gain, long inverseRoots, long outputGradient, long gradient, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            backwardRow(x + start, gain, get(at(inverseRoots, r)), outputGradient + start, gradient + start, width);
        }
    }

    private static void backwardRow(
            long x, long gain, float inverse, long outputGradient, long gradient, int width) {
        FloatVector inverses = broadcast(inverse);
        FloatVector sum = FloatVector.zero(Memory.FLOATS);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector scaled = load(at(outputGradient, j)).mul(load(at(gain, j)));
            sum = scaled.fma(load(at(x, j)).mul(inverses), sum);
        }
        VectorMask<Float> lanes = tail(whole, width);
        if (whole < width) {
            FloatVector scaled = load(at(outputGradient, whole), lanes).mul(load(at(gain, whole), lanes));
            sum = scaled.fma(load(at(x, whole), lanes).mul(inverses), sum);
        }
        FloatVector average = broadcast(LaneSums.sum(sum) / width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector scaled = load(at(outputGradient, j)).mul(load(at(gain, j)));
            FloatVector normal = load(at(x, j)).mul(inverses);
            store(at(gradient, j), scaled.sub(normal.mul(average)).mul(inverses));
        }
        if (whole < width) {
            FloatVector scaled = load(at(outputGradient, whole), lanes).mul(load(at(gain, whole), lanes));
            FloatVector normal = load(at(x, whole), lanes).mul(inverses);
            store(at(gradient, whole), scaled.sub(normal.mul(average)).mul(inverses), lanes);
        }
    }

    /** The gradient of gain for the columns {@code [from, to)}, over all {@code rows}: sum of outputGradient x i. */
    public static void backwardGain(
            long x, long inverseRoots, long outputGradient, long gainGradient, int rows, int width, int from, int to) {
        Memory.fill(at(gainGradient, from), 0f, to - from);
        for (int r = 0; r < rows; r += ColumnSums.ROWS_AT_ONCE) {
            int height = Math.min(ColumnSums.ROWS_AT_ONCE, rows - r);
            for (int j = from; j < to; j += LANES) {
                VectorMask<Float> lanes = tail(j, to);
                FloatVector sum = FloatVector.zero(Memory.FLOATS);
                for (int i = r; i < r + height; i++) {
                    long offset = at(4L * i * width, j);
                    FloatVector normal = load(x + offset, lanes).mul(get(at(inverseRoots, i)));
                    sum = load(outputGradient + offset, lanes).fma(normal, sum);
                }
                store(at(gainGradient, j), load(at(gainGradient, j), lanes).add(sum), lanes);
            }
        }
    }
}
