package io.heddle.runtime.experiment;

/** How far a trial came. */
public sealed interface TrialEnd {
    /** All its steps were taken. */
    record Finished() implements TrialEnd {}

    /**
     * It was given up at a step.
     *
     * @param step from 1
     * @param loss of that step: no number, infinite, or above what the experiment allows
     * @param gradientNorm of that step, which may be what is no number
     */
    record Diverged(long step, double loss, double gradientNorm) implements TrialEnd {}

    /** It was left off by successive halving, because others were better after so many steps. */
    record LeftOff() implements TrialEnd {}

    /** It was stopped, and goes on when the same comparison is run again. */
    record Unfinished() implements TrialEnd {}
}
