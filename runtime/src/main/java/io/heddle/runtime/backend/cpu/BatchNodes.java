package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Direction;
import io.heddle.graph.ProductForm;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.Tensor;

/**
 * Binds products of many pairs of matrices, and those that are summed along sequences: one worker computes each, or all of them
 * each where there are few pairs.
 */
final class BatchNodes {
    private BatchNodes() {}

    static Kernel product(ProductForm form, BoundNode node, PooledGemm gemm, Shares shares) {
        Tensor out = node.output(0);
        int rows = (int) out.size(-2);
        int columns = (int) out.size(-1);
        int leftWidth = (int) node.input(0).size(-1);
        int rightWidth = (int) node.input(1).size(-1);
        boolean turnLeft = form == ProductForm.ColumnsByColumns;
        boolean turnRight = form == ProductForm.RowsByRows;
        int inner = turnLeft ? (int) node.input(0).size(-2) : leftWidth;
        int count = (int) (out.elements() / ((long) rows * columns));
        long left = node.input(0).address();
        long right = node.input(1).address();
        long leftBytes = node.input(0).bytes() / count;
        long rightBytes = node.input(1).bytes() / count;
        long outBytes = out.bytes() / count;
        if (count < shares.pool().size()) {
            return () -> {
                for (int at = 0; at < count; at++) {
                    gemm.multiply(
                            turnLeft, turnRight, rows, columns, inner,
                            1f, left + at * leftBytes, leftWidth, right + at * rightBytes, rightWidth,
                            0f, out.address() + at * outBytes, columns);
                }
            };
        }
        RangeTask task = (from, to, worker) -> {
            for (int at = from; at < to; at++) {
                Gemm.multiply(
                        turnLeft, turnRight, rows, columns, inner,
                        1f, left + at * leftBytes, leftWidth, right + at * rightBytes, rightWidth,
                        0f, out.address() + at * outBytes, columns);
            }
        };
        return () -> shares.units(count, task);
    }

    static Kernel causal(Direction direction, BoundNode node, Shares shares) {
        int time = (int) node.input(0).size(-2);
        int features = (int) node.input(0).size(-1);
        int width = (int) node.input(2).size(-1);
        int count = (int) (node.input(0).elements() / ((long) time * features));
        CausalProduct product = new CausalProduct(direction, time, features, width);
        long queryBytes = node.input(0).bytes() / count;
        long valueBytes = node.input(2).bytes() / count;
        RangeTask task = (from, to, worker) -> {
            for (int at = from; at < to; at++) {
                product.compute(
                        node.input(0).address() + at * queryBytes,
                        node.input(1).address() + at * queryBytes,
                        node.input(2).address() + at * valueBytes,
                        node.output(0).address() + at * valueBytes);
            }
        };
        return () -> shares.units(count, task);
    }
}
