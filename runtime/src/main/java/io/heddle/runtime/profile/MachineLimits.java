package io.heddle.runtime.profile;

import io.heddle.runtime.backend.cpu.Gemm;
import io.heddle.runtime.backend.cpu.PooledGemm;
import io.heddle.runtime.parallel.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a machine can do at best, measured: nothing that is computed here can be faster.
 *
 * @param operations multiplications and additions a second, of products of large matrices
 * @param bytes read and written a second, when memory is copied that no cache holds
 */
public record MachineLimits(double operations, double bytes) {
    private static final double NANOSECONDS = 1e9;
    private static final int ALIGNMENT = 64;

    /** Rows, inner size and columns of the products: those of usual models. */
    private static final int[][] PRODUCTS =
            {{2048, 384, 1536}, {2048, 1536, 384}, {1024, 768, 3072}, {1024, 1024, 1024}};

    private static final long COPIED_BYTES = 1L << 28;
    private static final int PAGE_BITS = 12;
    private static final int DIGITS = 7;

    /** Measures for about this long, twice: for both. */
    public static MachineLimits measured(int threads, double seconds) {
        try (WorkerPool pool = new WorkerPool(threads, Gemm::useOneThread); Arena arena = Arena.ofConfined()) {
            return new MachineLimits(operations(pool, arena, seconds), bytes(pool, seconds));
        }
    }

    /** The least time that so many operations on so many bytes can take, in seconds. */
    public double seconds(double operations, double bytes) {
        return Math.max(operations / this.operations, bytes / this.bytes);
    }

    private static double operations(WorkerPool pool, Arena arena, double seconds) {
        PooledGemm gemm = new PooledGemm(pool);
        double best = 0;
        for (int[] product : PRODUCTS) {
            int rows = product[0];
            int inner = product[1];
            int columns = product[2];
            long a = filled(arena, (long) rows * inner);
            long b = filled(arena, (long) inner * columns);
            long c = filled(arena, (long) rows * columns);
            double time = fastest(seconds / PRODUCTS.length, () -> gemm.multiply(
                    false, true, rows, columns, inner, 1f, a, inner, b, inner, 0f, c, columns));
            best = Math.max(best, 2.0 * rows * inner * columns / time);
        }
        return best;
    }

    private static long filled(Arena arena, long count) {
        MemorySegment segment = arena.allocate(Float.BYTES * count, ALIGNMENT);
        for (long i = 0; i < count; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (i % DIGITS));
        }
        return segment.address();
    }

    private static double bytes(WorkerPool pool, double seconds) {
        // Workers use it, too, so it is not confined to this thread.
        try (Arena arena = Arena.ofShared()) {
            MemorySegment from = arena.allocate(COPIED_BYTES, ALIGNMENT).fill((byte) 1);
            MemorySegment to = arena.allocate(COPIED_BYTES, ALIGNMENT).fill((byte) 2);
            int pages = (int) (COPIED_BYTES >> PAGE_BITS);
            double time = fastest(seconds, () -> pool.parallel(pages, (first, end, worker) -> MemorySegment.copy(
                    from, (long) first << PAGE_BITS, to, (long) first << PAGE_BITS,
                    (long) (end - first) << PAGE_BITS)));
            return 2.0 * COPIED_BYTES / time;
        }
    }

    private static double fastest(double seconds, Runnable work) {
        double best = Double.MAX_VALUE;
        for (double spent = 0; spent < seconds;) {
            long begun = System.nanoTime();
            work.run();
            double time = (System.nanoTime() - begun) / NANOSECONDS;
            spent += time;
            best = Math.min(best, time);
        }
        return best;
    }
}
