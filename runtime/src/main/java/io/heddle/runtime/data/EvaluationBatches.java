package io.heddle.runtime.data;

import java.util.Iterator;
import java.util.stream.IntStream;

/** A fixed number of batches to measure a model on. */
public sealed interface EvaluationBatches extends Iterable<Batch>
        permits OrderedWindows, OrderedSegments, OrderedBatches, WindowSample, MaskedEvaluation,
        HiddenTargetEvaluation {
    /** How many batches there are. */
    int count();

    /** The batch of a number from 0 to {@link #count} - 1. */
    Batch batch(int number);

    @Override
    default Iterator<Batch> iterator() {
        return IntStream.range(0, count()).mapToObj(this::batch).iterator();
    }
}
