package io.heddle.bench.contest;

/** One side's way to do a work. */
public interface Contestant {
    /**
     * Does the work once.
     *
     * @return a number that both sides must agree on, such as the loss
     */
    double run();
}
