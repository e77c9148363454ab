package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.terms.Elu;
import io.heddle.terms.Gelu;
import io.heddle.terms.GeluTanh;
import io.heddle.terms.Identity;
import io.heddle.terms.QuickGelu;
import io.heddle.terms.Relu;
import io.heddle.terms.Sigmoid;
import io.heddle.terms.Silu;
import io.heddle.terms.Softplus;
import io.heddle.terms.SquaredRelu;
import io.heddle.terms.Tanh;
import java.util.Optional;

/** Binds functions of one number, with and without a bias before them, and their gradients. */
final class ActivationNodes {
    private ActivationNodes() {}

    /** The kernel of an activation; none for the identity, and for those that are left to the portable backend. */
    static Optional<Activation> kernel(io.heddle.terms.Activation activation) {
        return switch (activation) {
            case Relu relu -> Optional.of(Activation.RELU);
            case Gelu gelu -> Optional.of(Activation.GELU);
            case GeluTanh gelu -> Optional.of(Activation.GELU_TANH);
            case QuickGelu gelu -> Optional.of(Activation.QUICK_GELU);
            case Silu silu -> Optional.of(Activation.SILU);
            case Sigmoid sigmoid -> Optional.of(Activation.SIGMOID);
            case Tanh tanh -> Optional.of(Activation.TANH);
            case SquaredRelu relu -> Optional.empty();
            case Elu elu -> Optional.of(Activation.ELU);
            case Softplus softplus -> Optional.empty();
            case Identity identity -> Optional.empty();
        };
    }

    static Kernel activate(io.heddle.terms.Activation activation, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long out = node.output(0).address();
        int count = (int) node.input(0).elements();
        RangeTask task = kernel(activation)
                .<RangeTask>map(kernel -> (from, to, worker) -> kernel.forward(x, out, from, to))
                .orElse((from, to, worker) -> copy(x, out, from, to));
        return () -> shares.numbers(count, task);
    }

    static Kernel gradient(io.heddle.terms.Activation activation, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long upstream = node.input(1).address();
        long out = node.output(0).address();
        int count = (int) node.input(0).elements();
        RangeTask task = kernel(activation)
                .<RangeTask>map(kernel -> (from, to, worker) -> kernel.backward(x, upstream, out, from, to))
                .orElse((from, to, worker) -> copy(upstream, out, from, to));
        return () -> shares.numbers(count, task);
    }

    static Kernel biased(io.heddle.terms.Activation activation, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long bias = node.input(1).address();
        long out = node.output(0).address();
        int width = (int) node.input(0).size(-1);
        int rows = (int) node.input(0).rows();
        RangeTask task = kernel(activation)
                .<RangeTask>map(kernel -> (from, to, worker) -> kernel.forwardWithBias(x, bias, out, width, from, to))
                .orElse((from, to, worker) -> Broadcast.add(x, bias, out, width, from, to));
        return () -> shares.rows(rows, width, task);
    }

    static Kernel biasedGradient(io.heddle.terms.Activation activation, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long bias = node.input(1).address();
        long upstream = node.input(2).address();
        long out = node.output(0).address();
        int width = (int) node.input(0).size(-1);
        int rows = (int) node.input(0).rows();
        RangeTask task = kernel(activation)
                .<RangeTask>map(kernel -> (from, to, worker) -> kernel.backwardWithBias(x, bias, upstream, out, width,
                        from, to))
                .orElse((from, to, worker) -> copy(upstream, out, from * width, to * width));
        return () -> shares.rows(rows, width, task);
    }

    static Kernel withSlope(io.heddle.terms.Activation activation, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long bias = node.inputs().size() > 1 ? node.input(1).address() : 0;
        long slope = node.output(0).address();
        long out = node.output(1).address();
        int width = (int) node.input(0).size(-1);
        int rows = (int) node.input(0).rows();
        RangeTask task = kernel(activation)
                .<RangeTask>map(
                        kernel -> (from, to, worker) -> kernel.forwardWithSlope(x, bias, slope, out, width, from,
                                to))
                .orElse((from, to, worker) -> identity(x, bias, slope, out, width, from, to));
        return () -> shares.rows(rows, width, task);
    }

    private static void identity(long x, long bias, long slope, long out, int width, int from, int to) {
        if (bias == 0) {
            copy(x, out, from * width, to * width);
        } else {
            Broadcast.add(x, bias, out, width, from, to);
        }
        Memory.fill(Memory.at(slope, (long) from * width), 1f, (to - from) * width);
    }

    private static void copy(long from, long to, int first, int end) {
        if (from != to) {
            RawMemory.copy(Memory.at(from, first), Memory.at(to, first), 4L * (end - first));
        }
    }
}
