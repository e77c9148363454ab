package io.heddle.bench.contest;

import java.util.Arrays;
import java.util.function.Supplier;

/** Times a contestant, after it has run long enough to be compiled and to have all its memory. */
final class Measurement {
    /** Runs after which both sides' checks are compared: weights have changed by then. */
    private static final int CHECKED_RUN = 10;

    private static final int LEAST_RUNS = 5;
    private static final double NANOSECONDS = 1e9;
    private static final double MILLISECONDS = 1e3;

    private Measurement() {}

    /**
     * Prints {@code check}, {@code median}, {@code fastest}, {@code runs}, {@code memory}, {@code resident} and
     * {@code planned}, a line each; times are in milliseconds, and memory in bytes: what it grew by at most since before
     * {@code side} made the contestant, all of it at most, and {@link Contestant#plannedBytes}.
     */
    static void print(Supplier<Contestant> side, double warmSeconds, double seconds) {
        long before = ProcessMemory.now();
        Contestant contestant = side.get();
        double check = 0;
        double warm = 0;
        for (int run = 1; run <= CHECKED_RUN || warm < warmSeconds; run++) {
            long begun = System.nanoTime();
            double result = contestant.run();
            warm += (System.nanoTime() - begun) / NANOSECONDS;
            if (run == CHECKED_RUN) {
                check = result;
            }
        }
        double[] times = new double[1 << 16];
        int runs = 0;
        for (double spent = 0; runs < times.length && (runs < LEAST_RUNS || spent < seconds); runs++) {
            long begun = System.nanoTime();
            contestant.run();
            times[runs] = (System.nanoTime() - begun) / NANOSECONDS;
            spent += times[runs];
        }
        double[] sorted = Arrays.copyOf(times, runs);
        Arrays.sort(sorted);
        System.out.println("check " + check);
        System.out.println("median " + sorted[runs / 2] * MILLISECONDS);
        System.out.println("fastest " + sorted[0] * MILLISECONDS);
        System.out.println("runs " + runs);
        System.out.println("memory " + (ProcessMemory.most() - before));
        System.out.println("resident " + ProcessMemory.most());
        System.out.println("planned " + contestant.plannedBytes());
    }
}
