package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;

/**
 * y = x W^T for weights {@code [columns, inner]} in bfloat16. One row of x is multiplied as the weights are read; for more,
 * some columns' weights at a time are written out as floats, which are then read by all rows.
 */
final class Bfloat16Product {
    private static final int COLUMNS_AT_ONCE = 64;

    private Bfloat16Product() {}

    static Kernel of(BoundNode node, Shares shares) {
        int inner = (int) node.input(0).size(-1);
        int rows = (int) node.input(0).rows();
        int columns = (int) node.output(0).size(-1);
        long x = node.input(0).address();
        long weights = node.input(1).address();
        long y = node.output(0).address();
        RangeTask task = rows == 1
                ? (from, to, worker) -> Bfloat16.multiply(inner, x, weights, y, from, to)
                : (from, to, worker) -> multiplyRows(rows, columns, inner, x, weights, y, from, to);
        int work = (int) Math.min(Integer.MAX_VALUE, (long) inner * rows);
        return () -> shares.columns(columns, work, task);
    }

    private static void multiplyRows(
            int rows, int columns, int inner, long x, long weights, long y, int from, int to) {
        long block = Scratch.floats(Scratch.Use.ROUNDED, (long) COLUMNS_AT_ONCE * inner);
        for (int column = from; column < to; column += COLUMNS_AT_ONCE) {
            int count = Math.min(COLUMNS_AT_ONCE, to - column);
            Bfloat16.widen(weights + (long) Short.BYTES * column * inner, block, count * inner);
            Gemm.multiply(
                    false, true, rows, count, inner, 1f, x, inner, block, inner, 0f, Memory.at(y, column), columns);
        }
    }
}
