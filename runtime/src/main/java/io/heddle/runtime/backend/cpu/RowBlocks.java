package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;

/**
 * Work on rows that also leaves a row of sums over all of them, as the gradient of a norm's gain is.
 *
 * <p>Rows are cut into blocks of {@value #ROWS}; whoever works on a block adds up its rows as well, while they are in its
 * cache, and the blocks' sums are added in order. So a worker reads no row that another one has just written, and the
 * result does not depend on the number of workers.
 */
final class RowBlocks implements Kernel {
    /** Few enough to stay in a core's own cache, and enough for their sums to be little beside them. */
    static final int ROWS = 32;

    private final int rows;
    private final int width;
    private final long total;
    private final Shares shares;
    private final Work work;
    private final int blocks;
    private final RangeTask overBlocks = this::runBlocks;
    private final RangeTask overColumns = this::addBlocks;
    private long sums;

    /**
     * Work on {@code rows} whose sums, {@code width} of them, are written to {@code total}.
     *
     * @param work on one block
     */
    RowBlocks(int rows, int width, long total, Shares shares, Work work) {
        this.rows = rows;
        this.width = width;
        this.total = total;
        this.shares = shares;
        this.work = work;
        blocks = Math.ceilDiv(rows, ROWS);
    }

    /** What is done with a block of rows. */
    @FunctionalInterface
    interface Work {
        /** Works on the rows {@code [from, to)} and writes their sums. */
        void run(int from, int to, long sums);
    }

    @Override
    public void run() {
        sums = Scratch.floats(Scratch.Use.SUMS, (long) blocks * width);
        shares.rows(blocks, ROWS * width, overBlocks);
        shares.columns(width, blocks, overColumns);
    }

    private void runBlocks(int from, int to, int worker) {
        for (int block = from; block < to; block++) {
            int first = block * ROWS;
            work.run(first, Math.min(rows, first + ROWS), Memory.at(sums, (long) block * width));
        }
    }

    private void addBlocks(int from, int to, int worker) {
        ColumnSums.sum(sums, total, blocks, width, from, to);
    }
}
