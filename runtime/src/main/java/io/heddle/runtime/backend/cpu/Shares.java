package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.parallel.WorkerPool;

/** Cuts the work of a node into ranges that are worth another worker's while; the cuts depend on sizes alone. */
record Shares(WorkerPool pool) {
    /** Numbers below which waking a worker costs more than it brings. */
    private static final int WORTH_SHARING = 1 << 13;

    private static final int VECTOR_GRAIN = 16;

    /** Work on single numbers. */
    void numbers(int count, RangeTask task) {
        pool.parallel(count, WORTH_SHARING, task);
    }

    /** Work on rows of this many numbers each. */
    void rows(int count, int width, RangeTask task) {
        pool.parallel(count, Math.max(1, WORTH_SHARING / width), task);
    }

    /** Work on columns, each of this many rows. */
    void columns(int count, int rows, RangeTask task) {
        int grain = Math.max(VECTOR_GRAIN, WORTH_SHARING / rows / VECTOR_GRAIN * VECTOR_GRAIN);
        pool.parallel(count, grain, task);
    }

    /** Pieces of which each is worth a worker. */
    void units(int count, RangeTask task) {
        pool.parallel(count, 1, task);
    }

    void close() {
        pool.close();
    }
}
