package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.parallel.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@link Gemm#multiply} over all workers of a pool. It belongs to the one thread that uses the pool.
 *
 * <p>The result is split by rows, or by columns where there are few rows. A result too small for that with a long inner
 * dimension, such as the gradient of a small weight over many tokens, is split along the inner dimension: each worker
 * sums its part, and the parts are added in the order of the workers. The split depends on sizes and the pool's size
 * alone, so a product has the same bits in every run.
 */
public final class PooledGemm {
    /** Multiply-adds below which waking the others costs more than it brings. */
    private static final long WORTH_SHARING = 1 << 18;

    /** Weights a row-times-matrix reads, below which it stays on one thread. */
    private static final long WORTH_SHARING_ROW = 1 << 15;

    /** Ranges begin at multiples of it: whole vectors, whole cache lines, and whole tiles of most libraries. */
    private static final int GRAIN = 16;

    private static final int SMALLEST_SHARE = 16;
    private static final int LARGEST_PARTIAL = 1 << 16;
    private static final int SMALLEST_INNER_SHARE = 256;

    private final WorkerPool pool;
    private final MemorySegment partials;

    private final RangeTask byRows = (from, to, worker) -> multiplyRows(from, to);
    private final RangeTask byColumns = (from, to, worker) -> multiplyColumns(from, to);
    private final RangeTask byInner = this::multiplyInner;
    private final RangeTask rowTimesMatrix = (from, to, worker) -> multiplyRow(from, to);

    private boolean transposeA;
    private boolean transposeB;
    private int rows;
    private int columns;
    private int inner;
    private float alpha;
    private long a;
    private int strideA;
    private long b;
    private int strideB;
    private float beta;
    private long c;
    private int strideC;

    /** Products over the workers of {@code pool}, which is made with {@link Gemm#useOneThread} as its thread setup. */
    public PooledGemm(WorkerPool pool) {
        this.pool = pool;
        partials = pool.size() == 1
                ? MemorySegment.NULL
                : Arena.ofAuto().allocate(4L * LARGEST_PARTIAL * pool.size(), 64);
    }

    /** C = alpha op(A) op(B) + beta C; see {@link Gemm}. */
    public void multiply(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.rows = rows;
        this.columns = columns;
        this.inner = inner;
        this.alpha = alpha;
        this.a = a;
        this.strideA = strideA;
        this.b = b;
        this.strideB = strideB;
        this.beta = beta;
        this.c = c;
        this.strideC = strideC;
        share();
    }

    private void share() {
        long work = (long) rows * columns * inner;
        boolean isRow = rows == 1 && !(transposeA && strideA != 1);
        if (pool.size() == 1 || work < (isRow ? WORTH_SHARING_ROW : WORTH_SHARING)) {
            multiplyRows(0, rows);
        } else if (isRow) {
            pool.parallel(columns, GRAIN, rowTimesMatrix);
        } else if (splitsInner()) {
            pool.parallel(inner, GRAIN, byInner);
            addPartials();
        } else if (rows >= SMALLEST_SHARE * pool.size() || rows >= columns) {
            pool.parallel(rows, rows >= 2 * GRAIN * pool.size() ? GRAIN : 1, byRows);
        } else {
            pool.parallel(columns, GRAIN, byColumns);
        }
    }

    private boolean splitsInner() {
        return Math.max(rows, columns) < SMALLEST_SHARE * pool.size()
                && inner >= SMALLEST_INNER_SHARE * pool.size()
                && rows * columns <= LARGEST_PARTIAL;
    }

    private void multiplyRows(int from, int to) {
        long start = Memory.at(a, transposeA ? from : (long) from * strideA);
        Gemm.multiply(
                transposeA, transposeB, to - from, columns, inner,
                alpha, start, strideA, b, strideB, beta, Memory.at(c, (long) from * strideC), strideC);
    }

    private void multiplyColumns(int from, int to) {
        long start = Memory.at(b, transposeB ? (long) from * strideB : from);
        Gemm.multiply(
                transposeA, transposeB, rows, to - from, inner,
                alpha, a, strideA, start, strideB, beta, Memory.at(c, from), strideC);
    }

    private void multiplyRow(int from, int to) {
        Gemv.multiply(transposeB, columns, inner, alpha, a, b, strideB, beta, c, from, to);
    }

    private void multiplyInner(int from, int to, int worker) {
        Gemm.multiply(
                transposeA, transposeB, rows, columns, to - from,
                alpha, Memory.at(a, transposeA ? (long) from * strideA : from), strideA,
                Memory.at(b, transposeB ? from : (long) from * strideB), strideB,
                0f, partial(worker), columns);
    }

    private long partial(int worker) {
        return Memory.at(partials.address(), (long) worker * LARGEST_PARTIAL);
    }

    private void addPartials() {
        for (int row = 0; row < rows; row++) {
            long target = Memory.at(c, (long) row * strideC);
            if (beta == 0f) {
                Memory.fill(target, 0f, columns);
            } else if (beta != 1f) {
                Elementwise.scale(target, beta, target, 0, columns);
            }
            for (int worker = 0; worker < pool.size(); worker++) {
                Elementwise.accumulate(Memory.at(partial(worker), (long) row * columns), target, 0, columns);
            }
        }
    }
}
