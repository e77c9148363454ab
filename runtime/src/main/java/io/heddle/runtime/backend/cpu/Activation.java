package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;
import static io.heddle.runtime.backend.cpu.Memory.whole;

import jdk.incubator.vector.VectorMask;

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
    TANH;

    private static final float QUICK_GELU_STEEPNESS = 1.702f;

    /** y = f(x). */
    public void forward(long x, long y, int from, int to) {
        int end = from + whole(to - from);
        forwardWhole(at(x, from), at(y, from), end - from);
        if (end < to) {
            // The last elements travel through a buffer of one vector: a second copy of a function in the same method
            // would exceed what the just-in-time compiler inlines.
            VectorMask<Float> lanes = tail(end, to);
            long buffer = Scratch.floats(Scratch.Use.TAIL, LANES);
            store(buffer, load(at(x, end), lanes));
            forwardWhole(buffer, buffer, LANES);
            store(at(y, end), load(buffer), lanes);
        }
    }

    /** gradient = outputGradient f'(x): what reaches x from the gradient of y. */
    public void backward(long x, long outputGradient, long gradient, int from, int to) {
        int end = from + whole(to - from);
        backwardWhole(at(x, from), at(outputGradient, from), at(gradient, from), end - from);
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            long buffer = Scratch.floats(Scratch.Use.TAIL, 2L * LANES);
            long gradientBuffer = at(buffer, LANES);
            store(buffer, load(at(x, end), lanes));
            store(gradientBuffer, load(at(outputGradient, end), lanes));
            backwardWhole(buffer, gradientBuffer, gradientBuffer, LANES);
            store(at(gradient, end), load(gradientBuffer), lanes);
        }
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

    private void forwardWhole(long x, long y, int count) {
        switch (this) {
            case RELU -> Relu.forward(x, y, count);
            case GELU -> Gelu.forward(x, y, count);
            case GELU_TANH -> GeluTanh.forward(x, y, count);
            case SILU -> Swish.forward(x, y, count, 1f);
            case QUICK_GELU -> Swish.forward(x, y, count, QUICK_GELU_STEEPNESS);
            case SIGMOID -> Sigmoid.forward(x, y, count);
            case TANH -> Tanh.forward(x, y, count);
        }
    }

    private void backwardWhole(long x, long outputGradient, long gradient, int count) {
        switch (this) {
            case RELU -> Relu.backward(x, outputGradient, gradient, count);
            case GELU -> Gelu.backward(x, outputGradient, gradient, count);
            case GELU_TANH -> GeluTanh.backward(x, outputGradient, gradient, count);
            case SILU -> Swish.backward(x, outputGradient, gradient, count, 1f);
            case QUICK_GELU -> Swish.backward(x, outputGradient, gradient, count, QUICK_GELU_STEEPNESS);
            case SIGMOID -> Sigmoid.backward(x, outputGradient, gradient, count);
            case TANH -> Tanh.backward(x, outputGradient, gradient, count);
        }
    }
}
