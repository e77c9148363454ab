package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;

/** Binds products of matrices, and what is computed number by number. */
final class PointwiseNodes {
    /** With fewer blocks of rows than these, sums over rows are shared out by columns. */
    private static final int LEAST_BLOCKS = 4;

    private PointwiseNodes() {}

    static Kernel product(Op.MatMul op, BoundNode node, PooledGemm gemm, Shares shares) {
        if (node.input(1).type() == DataType.BFLOAT16) {
            return Bfloat16Product.of(node, shares);
        }
        int leftWidth = (int) node.input(0).size(-1);
        int leftRows = (int) node.input(0).rows();
        int width = (int) node.output(0).size(-1);
        long left = node.input(0).address();
        long right = node.input(1).address();
        long out = node.output(0).address();
        return switch (op.getForm()) {
            case RowsByRows ->
                    () -> gemm.multiply(
                            false, true, leftRows, width, leftWidth,
                            1f, left, leftWidth, right, leftWidth, 0f, out, width);
            case RowsByColumns ->
                    () -> gemm.multiply(
                            false, false, leftRows, width, leftWidth, 1f, left, leftWidth, right, width, 0f, out,
                            width);
            case ColumnsByColumns ->
                    () -> gemm.multiply(
                            true, false, leftWidth, width, leftRows, 1f, left, leftWidth, right, width, 0f, out, width);
        };
    }

    static Kernel add(BoundNode node, Shares shares) {
        long left = node.input(0).address();
        long right = node.input(1).address();
        long out = node.output(0).address();
        int count = (int) node.input(0).elements();
        int width = (int) node.input(1).elements();
        if (count == width) {
            RangeTask task = (from, to, worker) -> Elementwise.add(left, right, out, from, to);
            return () -> shares.numbers(count, task);
        }
        RangeTask task = (from, to, worker) -> Broadcast.add(left, right, out, width, from, to);
        return () -> shares.rows(count / width, width, task);
    }

    static Kernel multiply(BoundNode node, Shares shares) {
        long left = node.input(0).address();
        long right = node.input(1).address();
        long out = node.output(0).address();
        int count = (int) node.input(0).elements();
        int width = (int) node.input(1).elements();
        if (count == width) {
            RangeTask task = (from, to, worker) -> Elementwise.multiply(left, right, out, from, to);
            return () -> shares.numbers(count, task);
        }
        if (width == 1) {
            RangeTask task = (from, to, worker) -> Elementwise.scale(left, Memory.get(right), out, from, to);
            return () -> shares.numbers(count, task);
        }
        RangeTask task = (from, to, worker) -> Broadcast.multiply(left, right, out, width, from, to);
        return () -> shares.rows(count / width, width, task);
    }

    static Kernel scale(float factor, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long out = node.output(0).address();
        int count = (int) node.input(0).elements();
        RangeTask task = (from, to, worker) -> Elementwise.scale(x, factor, out, from, to);
        return () -> shares.numbers(count, task);
    }

    static Kernel dropout(Op.Dropout op, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long out = node.output(0).address();
        int count = (int) node.input(0).elements();
        BoundDropout dropout = new BoundDropout(op.getStream(), op.getRate(), node.input(1));
        RangeTask task = (from, to, worker) -> dropout.now().apply(x, out, from, to);
        return () -> {
            dropout.move();
            shares.numbers(count, task);
        };
    }

    static Kernel sumLeading(BoundNode node, Shares shares) {
        Tensor sum = node.output(0);
        long x = node.input(0).address();
        long out = sum.address();
        int width = (int) sum.elements();
        int rows = (int) (node.input(0).elements() / width);
        if (width == 1) {
            return () -> Memory.put(out, RowSums.sum(x, rows));
        }
        if (rows >= LEAST_BLOCKS * RowBlocks.ROWS) {
            return new RowBlocks(rows, width, out, shares, (from, to, sums) -> ColumnSums.sum(
                    Memory.at(x, (long) from * width), sums, to - from, width, 0, width));
        }
        RangeTask task = (from, to, worker) -> ColumnSums.sum(x, out, rows, width, from, to);
        return () -> shares.columns(width, rows, task);
    }
}
