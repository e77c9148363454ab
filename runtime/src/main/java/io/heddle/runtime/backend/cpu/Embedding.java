package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;

import java.lang.foreign.MemorySegment;

/** Rows of a table {@code [vocabulary, width]}, chosen by 32-bit ids. */
public final class Embedding {
    private Embedding() {}

    /**
     * y[r] = table[ids[r]] for the rows {@code [from, to)}.
     *
     * @throws IndexOutOfBoundsException if an id is negative, or not below {@code vocabulary}
     */
    public static void forward(long table, long ids, long y, int vocabulary, int width, int from, int to) {
        MemorySegment all = Memory.ALL;
        long bytes = 4L * width;
        for (int r = from; r < to; r++) {
            int id = id(ids, r, vocabulary);
            MemorySegment.copy(all, table + bytes * id, all, y + bytes * r, bytes);
        }
    }

    /**
     * tableGradient[ids[r]] += outputGradient[r] over all rows in order, in the columns {@code [from, to)}.
     *
     * <p>Work is split by columns: each worker adds all rows, so repeated ids add up in one order, and frequent ids do not
     * all fall to one worker. The table's gradient is added to, because a tied output layer may already have its part there.
     *
     * @throws IndexOutOfBoundsException if an id is negative, or not below {@code vocabulary}
     */
    public static void accumulateGradient(
            long ids, long outputGradient, long tableGradient, int rows, int vocabulary, int width, int from, int to) {
        for (int r = 0; r < rows; r++) {
            int id = id(ids, r, vocabulary);
            Elementwise.accumulate(at(outputGradient, (long) r * width), at(tableGradient, (long) id * width), from,
                    to);
        }
    }

    static int id(long ids, int row, int vocabulary) {
        int id = Memory.getInt(at(ids, row));
        if (id < 0 || id >= vocabulary) {
            throw new IndexOutOfBoundsException(
                    "Row " + row + " asks for id " + id + " of a table with " + vocabulary + " rows.");
        }
        return id;
    }
}
