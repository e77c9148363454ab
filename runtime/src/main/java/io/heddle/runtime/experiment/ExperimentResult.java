package io.heddle.runtime.experiment;

import io.heddle.experiment.Experiment;
import java.util.List;

/**
 * What became of an experiment.
 *
 * @param setup where and how it ran
 * @param trials in the order of {@link Experiment#getTrials}; one that was not begun has no rows
 */
public record ExperimentResult(Experiment experiment, Setup setup, List<TrialResult> trials) {
    /** Keeps the trials from changing later. */
    public ExperimentResult {
        trials = List.copyOf(trials);
    }

    /**
     * Where and how trials ran.
     *
     * @param heddle the version of Heddle
     * @param machine the processor and the system
     * @param threads that each trial computes with
     * @param sideBySide how many trials ran at once
     */
    public record Setup(String heddle, String machine, int threads, int sideBySide) {}
}
