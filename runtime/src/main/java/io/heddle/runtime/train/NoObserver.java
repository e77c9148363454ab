package io.heddle.runtime.train;

import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.data.BatchFeed;

/** Measures nothing, and gives up no training whose loss is a number. */
final class NoObserver implements TrainingObserver {
    @Override
    public double highestLoss() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean looksAt(long step) {
        return false;
    }

    @Override
    public void beforeUpdate(long step, RunnableModel model, ParameterBuffer gradients, BatchFeed feed, Batch batch) {}

    @Override
    public void afterUpdate(long step, RunnableModel model) {}

    @Override
    public void recorded(MetricsRow row) {}

    @Override
    public void saving(long step) {}

    @Override
    public void goingOn(long step) {}
}
