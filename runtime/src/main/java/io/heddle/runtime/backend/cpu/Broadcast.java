package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;

/**
 * A row of {@code width} floats that meets every row of a matrix {@code [rows, width]}: a bias, a gain, positions. A
 * suffix of several dims is one row of their product.
 */
public final class Broadcast {
    private Broadcast() {}

    /** y[r, j] = x[r, j] + row[j] for the rows {@code [from, to)}. */
    public static void add(long x, long row, long y, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.add(x + start, row, y + start, 0, width);
        }
    }

    /** y[r, j] = x[r, j] row[j] for the rows {@code [from, to)}. */
    public static void multiply(long x, long row, long y, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.multiply(x + start, row, y + start, 0, width);
        }
    }

    /** y[r, j] = x[r, j] column[r] for the rows {@code [from, to)}: one factor for each row. */
    public static void multiplyRows(long x, long column, long y, int width, int from, int to) {
        for (int r = from; r < to; r++) {
            long start = 4L * r * width;
            Elementwise.scale(x + start, Memory.get(at(column, r)), y + start, 0, width);
        }
    }
}
