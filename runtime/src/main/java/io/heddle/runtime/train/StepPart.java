package io.heddle.runtime.train;

import io.heddle.runtime.program.States;

/**
 * Where a batch stands in its step.
 *
 * @param done how many steps were taken before
 * @param number of the batch among all that the training reads
 * @param rows what the model remembers of the rows of the batch
 * @param labels how many real ones all batches of the step have
 * @param sequences how many rows they have
 */
record StepPart(long done, int number, States rows, long labels, long sequences) {
    double normalizer() {
        return 1.0 / labels;
    }
}
