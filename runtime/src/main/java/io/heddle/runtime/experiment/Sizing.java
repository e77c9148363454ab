package io.heddle.runtime.experiment;

/**
 * How many trials run at once, and with how many threads each.
 *
 * @param threads that each trial computes with; a trial leads to the same numbers however many run beside it
 * @param sideBySide how many trials run at once, where their memory allows
 */
public record Sizing(int threads, int sideBySide) {
    /** Refuses what is less than one. */
    public Sizing {
        if (threads < 1 || sideBySide < 1) {
            throw new IllegalArgumentException("At least one trial runs, with one thread.");
        }
    }

    /** As many trials as there are processors, each with one thread. */
    public static Sizing usual() {
        return new Sizing(1, Runtime.getRuntime().availableProcessors());
    }
}
