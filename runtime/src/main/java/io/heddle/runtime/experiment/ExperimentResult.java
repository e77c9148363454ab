package io.heddle.runtime.experiment;

import io.heddle.experiment.Configuration;
import io.heddle.experiment.Experiment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of an experiment.
 *
 * @param setup where and how it ran
 * @param trials in the order of {@link Experiment#getTrials}; one that was not begun has no rows
 * @param stepTimes how long a step of each configuration took, alone on the machine, where that decides how many are taken; empty
 *     otherwise
 * @param attentions what trained variants look at while they read a held-out example; none of a variant that has no attention
 */
public record ExperimentResult(
        Experiment experiment,
        Setup setup,
        List<TrialResult> trials,
        Map<Configuration, StepTime> stepTimes,
        List<VariantAttentions> attentions) {
    /** Keeps what is in it from changing later. */
    public ExperimentResult {
        trials = List.copyOf(trials);
        stepTimes = Collections.unmodifiableMap(new LinkedHashMap<>(stepTimes));
        attentions = List.copyOf(attentions);
    }

    /** What became of trials alone: no step was timed beforehand, and nobody looked at attentions. */
    public ExperimentResult(Experiment experiment, Setup setup, List<TrialResult> trials) {
        this(experiment, setup, trials, Map.of(), List.of());
    }

    /** The same with what attentions look at. */
    ExperimentResult with(List<VariantAttentions> attentions) {
        return new ExperimentResult(experiment, setup, trials, stepTimes, attentions);
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
