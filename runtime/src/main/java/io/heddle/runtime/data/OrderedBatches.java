package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import java.util.List;
import java.util.stream.IntStream;

/** All examples in the order of their file, each once: to measure a model on, and to translate. */
public final class OrderedBatches implements EvaluationBatches {
    private final BatchCutter cutter;
    private final List<int[]> batches;

    /**
     * Batches of {@code data}.
     *
     * @param lengthMultiple padded lengths are rounded up to a multiple of this
     * @throws ProblemsException when an example is longer than a batch of tokens
     */
    public OrderedBatches(Examples data, BatchSize size, int lengthMultiple) {
        this.cutter = new BatchCutter(data, size, lengthMultiple);
        this.batches = cutter.cut(IntStream.range(0, data.size()).toArray());
    }

    @Override
    public int count() {
        return batches.size();
    }

    @Override
    public Batch batch(int number) {
        return cutter.pad(batches.get(number));
    }

    /** Which examples a batch holds: their numbers in the data, in the order of its rows. */
    public int[] examples(int number) {
        return batches.get(number).clone();
    }
}
