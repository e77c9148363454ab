package io.heddle.runtime.backend.cpu;

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
        int rows = rows(node);
        Kernel overRows = overRows(
                node,
                shares,
                (from, to, worker) -> LayerNorm.backward(x, gain, means, inverses, upstream, gradient, width, from,
                        to));
        RangeTask overColumns = (from, to, worker) -> LayerNorm.backwardParameters(x, means, inverses, upstream,
                gainGradient, 0, rows, width, from, to);
        return () -> {
            overRows.run();
            shares.columns(width, rows, overColumns);
        };
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
        int rows = rows(node);
        Kernel overRows = overRows(
                node,
                shares,
                (from, to, worker) -> RmsNorm.backward(x, gain, inverses, upstream, gradient, width, from, to));
        RangeTask overColumns =
                (from, to, worker) -> RmsNorm.backwardGain(x, inverses, upstream, gainGradient, rows, width, from, to);
        return () -> {
            overRows.run();
            shares.columns(width, rows, overColumns);
        };
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
