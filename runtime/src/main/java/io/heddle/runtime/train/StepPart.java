package io.heddle.runtime.train;

import io.heddle.runtime.program.States;
import io.heddle.runtime.train.data.Normalizers;

/**
 * Where a batch stands in its step.
 *
 * @param done how many steps were taken before
 * @param number of the batch among all that the training reads
 * @param rows what the model remembers of the rows of the batch
 * @param normalizers of all batches of the step
 * @param sequences how many rows they have
 */
record StepPart(long done, int number, States rows, Normalizers normalizers, long sequences) {}
