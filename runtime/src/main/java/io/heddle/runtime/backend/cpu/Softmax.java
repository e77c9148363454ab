package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** softmax(x)[j] = e^x[j] / sum of e^x[k], over rows of {@code width} floats. */
public final class Softmax {
    private Softmax() {}

    /**
     * y = softmax(x) for the rows {@code [from, to)}. A row that holds minus infinity alone, which is a row that sees
     * nothing, becomes 0.
     */
    public static void forward(long x, long y, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            float largest = RowSums.max(x + start, width);
            if (largest == Float.NEGATIVE_INFINITY) {
                Memory.fill(y + start, 0f, width);
            } else {
                float sum = ExpRows.exp(x + start, largest, y + start, width);
                Elementwise.scale(y + start, 1f / sum, y + start, 0, width);
            }
        }
    }

    /** gradient = y (outputGradient - sum of y outputGradient) for the rows {@code [from, to)}, with y = softmax(x). */
    public static void backward(long y, long outputGradient, long gradient, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            FloatVector common = FloatVector.broadcast(FLOATS, Gemv.dot(y + start, outputGradient + start, width));
            for (int j = 0; j < width; j += LANES) {
                VectorMask<Float> lanes = FLOATS.indexInRange(j, width);
                long offset = at(start, j);
                FloatVector result =
                        fromMemorySegment(FLOATS, ALL, outputGradient + offset, NATIVE, lanes).sub(common)
                                .mul(fromMemorySegment(FLOATS, ALL, y + offset, NATIVE, lanes));
                result.intoMemorySegment(ALL, gradient + offset, NATIVE, lanes);
            }
        }
    }
}
