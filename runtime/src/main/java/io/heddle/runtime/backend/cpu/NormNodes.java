package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;

/** Binds norms over the last dim, after a residual sum or not, and their gradients. */
final class NormNodes {
    private NormNodes() {}

    static Kernel layerNorm(float epsilon, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long gain = node.input(1).address();
        long bias = addressOrNone(node, 2);
        long y = node.output(0).address();
        long means = node.output(1).address();
        long inverses = node.output(2).address();
        int width = width(node);
        return overRows(
                node,
                shares,
                (from, to, worker) -> LayerNorm.forward(x, gain, bias, y, means, inverses, width, epsilon, from, to));
    }

    static Kernel addLayerNorm(float epsilon, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long branch = node.input(1).address();
        long gain = node.input(2).address();
        long bias = addressOrNone(node, 3);
        long sum = node.output(0).address();
        long y = node.output(1).address();
        long means = node.output(2).address();
        long inverses = node.output(3).address();
        int width = width(node);
        return overRows(
                node,
                shares,
                (from, to, worker) -> LayerNorm.forwardWithResidual(
                        x, branch, sum, gain, bias, y, means, inverses, width, epsilon, from, to));
    }

    static Kernel layerNormGradient(BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long gain = node.input(1).address();
        long means = node.input(2).address();
        long inverses = node.input(3).address();
        long upstream = node.input(4).address();
        long gradient = node.output(0).address();
        long gainGradient = node.output(1).address();
        int width = width(node);
        return new RowBlocks(rows(node), width, gainGradient, shares, (from, to, sums) -> {
            LayerNorm.backward(x, gain, means, inverses, upstream, gradient, width, from, to);
            long start = 4L * from * width;
            LayerNorm.backwardParameters(
                    x + start, at(means, from), at(inverses, from), upstream + start, sums, 0, to - from, width, 0,
                    width);
        });
    }

    static Kernel rmsNorm(float epsilon, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long gain = node.input(1).address();
        long y = node.output(0).address();
        long inverses = node.output(1).address();
        int width = width(node);
        return overRows(
                node,
                shares,
                (from, to, worker) -> RmsNorm.forward(x, gain, y, inverses, width, epsilon, from, to));
    }

    static Kernel addRmsNorm(float epsilon, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long branch = node.input(1).address();
        long gain = node.input(2).address();
        long sum = node.output(0).address();
        long y = node.output(1).address();
        long inverses = node.output(2).address();
        int width = width(node);
        return overRows(
                node,
                shares,
                (from, to, worker) -> RmsNorm.forwardWithResidual(x, branch, sum, gain, y, inverses, width, epsilon,
                        from, to));
    }

    static Kernel rmsNormGradient(BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long gain = node.input(1).address();
        long inverses = node.input(2).address();
        long upstream = node.input(3).address();
        long gradient = node.output(0).address();
        long gainGradient = node.output(1).address();
        int width = width(node);
        return new RowBlocks(rows(node), width, gainGradient, shares, (from, to, sums) -> {
            RmsNorm.backward(x, gain, inverses, upstream, gradient, width, from, to);
            long start = 4L * from * width;
            RmsNorm.backwardGain(
                    x + start, at(inverses, from), upstream + start, sums, to - from, width, 0, width);
        });
    }

    private static Kernel overRows(BoundNode node, Shares shares, RangeTask task) {
        int rows = rows(node);
        int width = width(node);
        return () -> shares.rows(rows, width, task);
    }

    private static int rows(BoundNode node) {
        return (int) node.input(0).rows();
    }

    private static int width(BoundNode node) {
        return (int) node.input(0).size(-1);
    }

    /** Where an input is that may be left out: 0 where it is. */
    private static long addressOrNone(BoundNode node, int place) {
        return node.inputs().size() > place ? node.input(place).address() : 0;
    }
}
