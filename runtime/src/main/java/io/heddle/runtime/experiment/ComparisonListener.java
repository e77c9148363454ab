package io.heddle.runtime.experiment;

import io.heddle.experiment.Configuration;
import io.heddle.experiment.Trial;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import io.heddle.runtime.train.TrainingListener.StepReport;

/** Is told what happens in a comparison; trials that run side by side tell it from threads of their own. */
public interface ComparisonListener {
    /**
     * Everything was checked, and training begins.
     *
     * @param trials how many there are
     * @param done how many of them were done before
     */
    void planned(int trials, int done, ExperimentResult.Setup setup);

    /** The steps of a configuration were timed, before all are given as many as take as long. */
    void timed(Configuration configuration, StepTime time);

    /** A trial begins, or goes on after so many steps. */
    void began(Trial trial, long done);

    /** A step was taken. */
    void step(Trial trial, StepReport report);

    /** The held-out data was looked at. */
    void evaluated(Trial trial, EvaluationReport report);

    /** A trial came to its end, or is stopped for now. */
    void ended(Trial trial, TrialEnd end, long steps);
}
