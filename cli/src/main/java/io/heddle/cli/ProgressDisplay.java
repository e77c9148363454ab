package io.heddle.cli;

import io.heddle.runtime.train.TrainingListener.StepReport;

/** Shows how far a training has come. */
interface ProgressDisplay {
    /** A step was taken. */
    void show(StepReport step);

    /** Something else is about to be written. */
    void clear();
}
