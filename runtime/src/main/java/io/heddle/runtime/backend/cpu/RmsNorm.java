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
        FloatVector inverses = FloatVector.broadcast(FLOATS, inverse);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE).mul(inverses)
                    .mul(fromMemorySegment(FLOATS, ALL, gain + 4L * j, NATIVE))
                    .intoMemorySegment(ALL, y + 4L * j, NATIVE);
        }
        if (whole < width) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, width);
            fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes).mul(inverses)
                    .mul(fromMemorySegment(FLOATS, ALL, gain + 4L * whole, NATIVE, lanes))
                    .intoMemorySegment(ALL, y + 4L * whole, NATIVE, lanes);
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
        float average = inverse * RowSums.sumOfProducts(x, 0f, outputGradient, gain, width) / width;
        // n average(g n) is x times this.
        FloatVector slopes = FloatVector.broadcast(FLOATS, average * inverse);
        FloatVector inverses = FloatVector.broadcast(FLOATS, inverse);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * j, NATIVE);
            FloatVector scaled = above.mul(fromMemorySegment(FLOATS, ALL, gain + 4L * j, NATIVE));
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE);
            scaled.sub(values.mul(slopes)).mul(inverses).intoMemorySegment(ALL, gradient + 4L * j, NATIVE);
        }
        if (whole < width) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, width);
            FloatVector above = fromMemorySegment(FLOATS, ALL, outputGradient + 4L * whole, NATIVE, lanes);
            FloatVector scaled = above.mul(fromMemorySegment(FLOATS, ALL, gain + 4L * whole, NATIVE, lanes));
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes);
            FloatVector result = scaled.sub(values.mul(slopes)).mul(inverses);
            result.intoMemorySegment(ALL, gradient + 4L * whole, NATIVE, lanes);
        }
    }

    /** The gradient of gain for the columns {@code [from, to)}, over all {@code rows}: sum of outputGradient x i. */
    public static void backwardGain(
            long x, long inverseRoots, long outputGradient, long gainGradient, int rows, int width, int from, int to) {
        Memory.fill(at(gainGradient, from), 0f, to - from);
        for (int r = 0; r < rows; r += ColumnSums.ROWS_AT_ONCE) {
            int height = Math.min(ColumnSums.ROWS_AT_ONCE, rows - r);
            for (int j = from; j < to; j += LANES) {
                VectorMask<Float> lanes = FLOATS.indexInRange(j, to);
                FloatVector sum = FloatVector.zero(FLOATS);
                for (int i = r; i < r + height; i++) {
                    long offset = at(4L * i * width, j);
                    FloatVector normal =
                            fromMemorySegment(FLOATS, ALL, x + offset, NATIVE, lanes).mul(get(at(inverseRoots, i)));
                    sum = fromMemorySegment(FLOATS, ALL, outputGradient + offset, NATIVE, lanes).fma(normal, sum);
                }
                fromMemorySegment(FLOATS, ALL, gainGradient + 4L * j, NATIVE, lanes).add(sum).intoMemorySegment(ALL,
                        gainGradient + 4L * j, NATIVE, lanes);
            }
        }
    }
}
