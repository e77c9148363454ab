package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.at;

import java.lang.foreign.MemorySegment;

/**
 * The functions between two linear maps, forward and backward, over the elements {@code [from, to)}. Errors are a few ulp;
 * each function's own file has its formula and source.
 */
public enum Activation {
    RELU,
    /** The exact one, by the normal distribution. */
    GELU,
    /** The approximation by tanh. */
    GELU_TANH,
    SILU,
    QUICK_GELU,
    SIGMOID,
    TANH,
    ELU;

    /** Elements that a function works on together, so that what it keeps between its loops stays in the first cache. */
    private static final int STRETCH = 512;

    private static final float QUICK_GELU_STEEPNESS = 1.702f;

    /** y = f(x). */
    public void forward(long x, long y, int from, int to) {
        long scratch = Scratch.floats(Scratch.Use.ACTIVATION, 4L * STRETCH);
        for (int i = from; i < to; i += STRETCH) {
            int count = Math.min(STRETCH, to - i);
            int padded = ScoreTile.up(count);
            long source = at(x, i);
            long target = at(y, i);
            if (padded != count) {
                // Functions work on whole vectors: the last ones travel through padded memory.
                source = pad(source, count, padded, at(scratch, 2L * STRETCH));
                target = source;
            }
            forwardWhole(source, target, padded, scratch);
            if (padded != count) {
                MemorySegment.copy(ALL, target, ALL, at(y, i), 4L * count);
            }
        }
    }

    /** gradient = outputGradient f'(x): what reaches x from the gradient of y. */
    public void backward(long x, long outputGradient, long gradient, int from, int to) {
        long scratch = Scratch.floats(Scratch.Use.ACTIVATION, 4L * STRETCH);
        for (int i = from; i < to; i += STRETCH) {
            int count = Math.min(STRETCH, to - i);
            int padded = ScoreTile.up(count);
            long source = at(x, i);
            long above = at(outputGradient, i);
            long target = at(gradient, i);
            if (padded != count) {
                source = pad(source, count, padded, at(scratch, 2L * STRETCH));
                above = pad(above, count, padded, at(scratch, 3L * STRETCH));
                target = above;
            }
            backwardWhole(source, above, target, padded, scratch);
            if (padded != count) {
                MemorySegment.copy(ALL, target, ALL, at(gradient, i), 4L * count);
            }
        }
    }

    private static long pad(long source, int count, int padded, long target) {
        MemorySegment.copy(ALL, source, ALL, target, 4L * count);
        Memory.fill(at(target, count), 0f, padded - count);
        return target;
    }

    /**
     * y[r, j] = f(x[r, j] + bias[j]) for the rows {@code [from, to)} of {@code width} floats. A row is in the first cache
     * when its second step reads it.
     */
    public void forwardWithBias(long x, long bias, long y, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.add(x + start, bias, y + start, 0, width);
            forward(y + start, y + start, 0, width);
        }
    }

    /** gradient = outputGradient f'(x + bias), for the rows {@code [from, to)} of {@code width} floats. */
    public void backwardWithBias(
            long x, long bias, long outputGradient, long gradient, int width, int from, int to) {
        long sums = Scratch.floats(Scratch.Use.ROW, width);
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.add(x + start, bias, sums, 0, width);
            backward(sums, outputGradient + start, gradient + start, 0, width);
        }
    }

    /**
     * slope = f'(x + bias) and y = f(x + bias), for the rows {@code [from, to)} of {@code width} floats.
     *
     * @param bias 0 for none
     * @param slope may be x
     */
    public void forwardWithSlope(long x, long bias, long slope, long y, int width, int from, int to) {
        long sums = Scratch.floats(Scratch.Use.ROW, 3L * ScoreTile.up(width));
        long slopes = at(sums, ScoreTile.up(width));
        long values = at(slopes, ScoreTile.up(width));
        boolean isWhole = ScoreTile.up(width) == width;
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            long source = bias == 0 && isWhole ? x + start : sums;
            if (bias != 0) {
                Elementwise.add(x + start, bias, sums, 0, width);
            } else if (!isWhole) {
                MemorySegment.copy(ALL, x + start, ALL, sums, 4L * width);
            }
            if (isWhole) {
                rowWithSlope(source, slope + start, y + start, width);
            } else {
                // Functions work on whole vectors.
                Memory.fill(at(sums, width), 0f, ScoreTile.up(width) - width);
                rowWithSlope(sums, slopes, values, ScoreTile.up(width));
                MemorySegment.copy(ALL, slopes, ALL, slope + start, 4L * width);
                MemorySegment.copy(ALL, values, ALL, y + start, 4L * width);
            }
        }
    }

    private void rowWithSlope(long x, long slope, long y, int width) {
        long scratch = Scratch.floats(Scratch.Use.ACTIVATION, 4L * STRETCH);
        for (int i = 0; i < width; i += STRETCH) {
            stretchWithSlope(at(x, i), at(slope, i), at(y, i), Math.min(STRETCH, width - i), scratch);
        }
    }

    private void stretchWithSlope(long x, long slope, long y, int count, long scratch) {
        switch (this) {
            case GELU -> Gelu.withSlope(x, slope, y, count, scratch, at(scratch, STRETCH));
            case GELU_TANH -> GeluTanh.withSlope(x, slope, y, count, scratch);
            case SILU -> Swish.withSlope(x, slope, y, count, scratch, 1f);
            case QUICK_GELU -> Swish.withSlope(x, slope, y, count, scratch, QUICK_GELU_STEEPNESS);
            case RELU, SIGMOID, TANH, ELU -> {
                // Their slopes share nothing with their values.
                long ones = at(scratch, STRETCH);
                Memory.fill(ones, 1f, count);
                forwardWhole(x, y, count, scratch);
                backwardWhole(x, ones, slope, count, scratch);
            }
        }
    }

    private void forwardWhole(long x, long y, int count, long scratch) {
        switch (this) {
            case RELU -> Relu.forward(x, y, count);
            case GELU -> Gelu.forward(x, y, count, scratch, at(scratch, STRETCH));
            case GELU_TANH -> GeluTanh.forward(x, y, count, scratch);
            case SILU -> Swish.forward(x, y, count, scratch, 1f);
            case QUICK_GELU -> Swish.forward(x, y, count, scratch, QUICK_GELU_STEEPNESS);
            case SIGMOID -> Sigmoid.forward(x, y, count, scratch);
            case TANH -> Tanh.forward(x, y, count);
            case ELU -> Elu.forward(x, y, count, scratch);
        }
    }

    private void backwardWhole(long x, long above, long gradient, int count, long scratch) {
        switch (this) {
            case RELU -> Relu.backward(x, above, gradient, count);
            case GELU -> Gelu.backward(x, above, gradient, count, scratch, at(scratch, STRETCH));
            case GELU_TANH -> GeluTanh.backward(x, above, gradient, count, scratch);
            case SILU -> Swish.backward(x, above, gradient, count, scratch, 1f);
            case QUICK_GELU -> Swish.backward(x, above, gradient, count, scratch, QUICK_GELU_STEEPNESS);
            case SIGMOID -> Sigmoid.backward(x, above, gradient, count, scratch, 1f, 1f);
            case TANH -> Tanh.backward(x, above, gradient, count, scratch);
            case ELU -> Elu.backward(x, above, gradient, count, scratch);
        }
    }
}
