package io.heddle.bench.contest;

/** One side's way to do a work. */
public interface Contestant {
    /**
     * Does the work once.
     *
     * @return a number that both sides must agree on, such as the loss
     */
    double run();

    /** What it plans for all that a run makes on its way, in bytes; 0 where it plans nothing. */
    default long plannedBytes() {
        return 0;
    }
}
