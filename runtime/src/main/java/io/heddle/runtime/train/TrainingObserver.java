package io.heddle.runtime.train;

import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.data.BatchFeed;

/**
 * Looks into a training, in the thread that trains, without changing what it leads to. A {@link TrainingListener} is told what
 * a person may want to see; an observer measures, and keeps records of its own.
 */
public interface TrainingObserver {
    /** The training loss from which on a training is given up, beside losses that are no number. */
    double highestLoss();

    /** Whether a step is looked at, which costs as much as a few sweeps over all weights. */
    boolean looksAt(long step);

    /**
     * The gradients of a step that is looked at are there, and the weights are still those before it.
     *
     * @param step from 1
     * @param gradients before clipping, of all passes of the step
     * @param batch that the last pass of the step read
     */
    void beforeUpdate(long step, RunnableModel model, ParameterBuffer gradients, BatchFeed feed, Batch batch);

    /** The weights are those after a step that is looked at. */
    void afterUpdate(long step, RunnableModel model);

    /** A row was added to the records. */
    void recorded(MetricsRow row);

    /**
     * A checkpoint is about to be written: what was recorded of steps up to this one is not told again when the training goes on
     * from it.
     */
    void saving(long step);

    /** The training begins, or goes on: what was recorded of later steps will be told again. */
    void goingOn(long step);

    /** One that measures nothing. */
    static TrainingObserver none() {
        return new NoObserver();
    }
}
