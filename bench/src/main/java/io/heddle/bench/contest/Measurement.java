package io.heddle.bench.contest;

import io.heddle.runtime.profile.MachineLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Times a contestant whenever it is its turn: each line of the standard input asks for one. What it says are words and
 * numbers, a line each, up to a line {@value #DONE}; it is ready when it has said that for the first time.
 *
 * <p>Turns are short, so that a slow minute of the machine slows both sides.
 */
final class Measurement {
    private static final String DONE = "done";

    /** Runs after which both sides' checks are compared: weights have changed by then. */
    private static final int CHECKED_RUN = 10;

    private static final double NANOSECONDS = 1e9;
    private static final double MILLISECONDS = 1e3;

    private Measurement() {}

    /**
     * Says {@code check} once it has run long enough to be compiled and to have all its memory; at each turn {@code median}
     * and {@code runs}; and at the end {@code memory}, {@code resident} and {@code planned}. Times are in milliseconds, and
     * memory in bytes: what it grew by at most since before {@code side} made the contestant, all of it at most, and
     * {@link Contestant#plannedBytes}.
     *
     * @param seconds of a turn
     */
    static void take(Supplier<Contestant> side, double warmSeconds, double seconds) throws IOException {
        long before = ProcessMemory.now();
        Contestant contestant = side.get();
        say("check", warm(contestant, warmSeconds));
        takeTurns(() -> time(contestant, seconds));
        say("memory", ProcessMemory.most() - before);
        say("resident", ProcessMemory.most());
        say("planned", contestant.plannedBytes());
    }

    /** Says at each turn what the machine can do: {@code sgemm} and {@code copy}. */
    static void takeLimits(int threads, double seconds) throws IOException {
        takeTurns(() -> {
            MachineLimits limits = MachineLimits.measured(threads, seconds / 2);
            say("sgemm", limits.operations());
            say("copy", limits.bytes());
        });
    }

    private static void takeTurns(Runnable turn) throws IOException {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(DONE);
        while (asked.readLine() != null) {
            turn.run();
            System.out.println(DONE);
        }
    }

    private static void say(String word, Number number) {
        System.out.println(word + " " + number);
    }

    private static double warm(Contestant contestant, double seconds) {
        double check = 0;
        double warm = 0;
        for (int run = 1; run <= CHECKED_RUN || warm < seconds; run++) {
            long begun = System.nanoTime();
            double result = contestant.run();
            warm += (System.nanoTime() - begun) / NANOSECONDS;
            if (run == CHECKED_RUN) {
                check = result;
            }
        }
        return check;
    }

    private static void time(Contestant contestant, double seconds) {
        double[] times = new double[1 << 16];
        int runs = 0;
        for (double spent = 0; runs < times.length && spent < seconds; runs++) {
            long begun = System.nanoTime();
            contestant.run();
            times[runs] = (System.nanoTime() - begun) / NANOSECONDS;
            spent += times[runs];
        }
        double[] sorted = Arrays.copyOf(times, runs);
        Arrays.sort(sorted);
        say("median", sorted[runs / 2] * MILLISECONDS);
        say("runs", runs);
    }
}
