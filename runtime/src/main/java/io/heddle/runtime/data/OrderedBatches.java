package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.random.Shuffle;
import java.util.List;
import java.util.stream.IntStream;

/** Examples to measure a model on, and to translate: all in the order of their file, or some that are drawn, each once. */
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
        this(new BatchCutter(data, size, lengthMultiple), IntStream.range(0, data.size()).toArray(), Integer.MAX_VALUE);
    }

    private OrderedBatches(BatchCutter cutter, int[] order, int count) {
        this.cutter = cutter;
        List<int[]> all = cutter.cut(order);
        this.batches = all.subList(0, Math.min(count, all.size()));
    }

    /**
     * So many batches of {@code data} that is drawn, or all where it has no more; which ones depends on (seed, step) alone.
     *
     * @param step after how many steps is looked: each look draws anew
     * @throws ProblemsException when an example is longer than a batch of tokens
     */
    public static OrderedBatches drawn(
            Examples data, BatchSize size, int lengthMultiple, long seed, long step, int count) {
        int[] order = Shuffle.permutation(seed, "data/validation/" + step, data.size());
        return new OrderedBatches(new BatchCutter(data, size, lengthMultiple), order, count);
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
