package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sums over the rows of a matrix {@code [rows, width]}: the gradient of whatever was broadcast over them.
 *
 * <p>Work is split by columns, and each column adds its rows in one order, so the result does not depend on the number of
 * workers. Rows are added in groups before the total: fewer passes over it, and smaller rounding errors.
 */
public final class ColumnSums {
    static final int ROWS_AT_ONCE = 8;

    private ColumnSums() {}

    /** sums[j] = sum over r of x[r, j], for the columns {@code [from, to)}. */
    public static void sum(long x, long sums, int rows, int width, int from, int to) {
        Memory.fill(at(sums, from), 0f, to - from);
        for (int r = 0; r < rows; r += ROWS_AT_ONCE) {
            int height = Math.min(ROWS_AT_ONCE, rows - r);
            long group = at(x, (long) r * width);
            for (int j = from; j < to; j += LANES) {
                VectorMask<Float> lanes = tail(j, to);
                FloatVector sum = FloatVector.zero(Memory.FLOATS);
                for (int i = 0; i < height; i++) {
                    sum = sum.add(load(at(group, (long) i * width + j), lanes));
                }
                store(at(sums, j), load(at(sums, j), lanes).add(sum), lanes);
            }
        }
    }

    /** sums[j] = sum over r of x[r, j] y[r, j], for the columns {@code [from, to)}: the gradient of a row of factors. */
    public static void sumOfProducts(long x, long y, long sums, int rows, int width, int from, int to) {
        Memory.fill(at(sums, from), 0f, to - from);
        for (int r = 0; r < rows; r += ROWS_AT_ONCE) {
            int height = Math.min(ROWS_AT_ONCE, rows - r);
            long group = 4L * r * width;
            for (int j = from; j < to; j += LANES) {
                VectorMask<Float> lanes = tail(j, to);
                FloatVector sum = FloatVector.zero(Memory.FLOATS);
                for (int i = 0; i < height; i++) {
                    long offset = at(group, (long) i * width + j);
                    sum = load(x + offset, lanes).fma(load(y + offset, lanes), sum);
                }
                store(at(sums, j), load(at(sums, j), lanes).add(sum), lanes);
            }
        }
    }
}
