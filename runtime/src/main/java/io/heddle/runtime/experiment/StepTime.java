package io.heddle.runtime.experiment;

/**
 * How long a step takes: the shortest one of several turns. What else a machine does only adds to it.
 *
 * @param seconds of the shortest step
 * @param apart how much longer the shortest step of the next best turn took, a share: 0.02 is 2 %
 */
public record StepTime(double seconds, double apart) {
    /** Up to which share two turns are taken to have reached the same. */
    public static final double STEADY = 0.05;

    /** Whether two turns came to about the same; otherwise the machine did other things, and the time is a rough one. */
    public boolean isSteady() {
        return apart <= STEADY;
    }
}
