package io.heddle.bench.limit;

import io.heddle.runtime.backend.cpu.Gemm;
import io.heddle.runtime.backend.cpu.PooledGemm;
import io.heddle.runtime.parallel.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the machine can do: the best rate of products of matrices, and the best rate at which memory is read, and copied.
 */
public final class Limits {
    private static final double NANOSECONDS = 1e9;
    private static final int[][] PRODUCTS = {{2048, 384, 1536}, {2048, 1536, 384}, {1024, 768, 3072}, {1024, 1024, 1024}};
    private static final long COPIED_BYTES = 1L << 28;

    private Limits() {}

    /** Prints {@code sgemm}, operations a second, and {@code copy}, bytes read and written a second. */
    public static void print(int threads, double seconds) {
        try (WorkerPool pool = new WorkerPool(threads, Gemm::useOneThread)) {
            System.out.println("sgemm " + sgemm(pool, seconds));
            System.out.println("copy " + copy(pool, seconds));
        }
    }

    private static double sgemm(WorkerPool pool, double seconds) {
        PooledGemm gemm = new PooledGemm(pool);
        double best = 0;
        for (int[] product : PRODUCTS) {
            int rows = product[0];
            int inner = product[1];
            int columns = product[2];
            long a = filled((long) rows * inner);
            long b = filled((long) inner * columns);
            long c = filled((long) rows * columns);
            double time = fastest(seconds / PRODUCTS.length, () -> gemm.multiply(
                    false, true, rows, columns, inner, 1f, a, inner, b, inner, 0f, c, columns));
            best = Math.max(best, 2.0 * rows * inner * columns / time);
        }
        return best;
    }

    private static double copy(WorkerPool pool, double seconds) {
        MemorySegment from = Arena.ofAuto().allocate(COPIED_BYTES, 64).fill((byte) 1);
        MemorySegment to = Arena.ofAuto().allocate(COPIED_BYTES, 64).fill((byte) 2);
        int pages = (int) (COPIED_BYTES >> 12);
        double time = fastest(seconds, () -> pool.parallel(pages, (first, end, worker) -> MemorySegment.copy(
                from, (long) first << 12, to, (long) first << 12, (long) (end - first) << 12)));
        return 2.0 * COPIED_BYTES / time;
    }

    private static long filled(long count) {
        MemorySegment segment = Arena.global().allocate(4 * count, 64);
        for (long i = 0; i < count; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (i % 7) * 0.1f);
        }
        return segment.address();
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
