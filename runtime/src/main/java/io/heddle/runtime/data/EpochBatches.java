package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Shuffle;
import io.heddle.runtime.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Epochs of shuffled examples; every one comes once in each.
 *
 * <p>The order of an epoch depends on (seed, epoch) alone. A position needs no replay: its epoch is laid out again, and
 * its batch taken from it.
 */
public final class EpochBatches implements TrainingBatches {
    private final Examples data;
    private final Batching batching;
    private final long seed;
    private final BatchCutter cutter;
    private volatile Epoch current;

    /** The batches of one epoch, each as its examples' numbers. */
    private record Epoch(long number, List<int[]> batches) {}

    /**
     * Batches of {@code data}.
     *
     * @throws ProblemsException when an example is longer than a batch of tokens
     */
    public EpochBatches(Examples data, Batching batching, long seed) {
        this.data = data;
        this.batching = batching;
        this.seed = seed;
        this.cutter = new BatchCutter(data, batching.size(), batching.lengthMultiple());
        this.current = layOut(0);
    }

    /** How many batches an epoch has; with batches of tokens, epochs differ. */
    public int count(long epoch) {
        return epoch(epoch).batches().size();
    }

    @Override
    public Batch batch(Position position) {
        return cutter.pad(at(position));
    }

    /** Which examples the batch at a position holds: their numbers in the data, in the order of its rows. */
    public int[] examples(Position position) {
        return at(position).clone();
    }

    @Override
    public Position after(Position position) {
        boolean last = position.batch() + 1 >= count(position.epoch());
        return last ? new Position(position.epoch() + 1, 0) : new Position(position.epoch(), position.batch() + 1);
    }

    private int[] at(Position position) {
        List<int[]> batches = epoch(position.epoch()).batches();
        if (position.batch() >= batches.size()) {
            throw new IllegalArgumentException("epoch " + position.epoch() + " has " + batches.size()
                    + " batches, and none is number " + position.batch());
        }
        return batches.get((int) position.batch());
    }

    private Epoch epoch(long number) {
        Epoch epoch = current;
        if (epoch.number() != number) {
            epoch = layOut(number);
            current = epoch;
        }
        return epoch;
    }

    private Epoch layOut(long number) {
        int[] order = Shuffle.permutation(seed, number, data.size());
        return switch (batching.grouping()) {
            case Grouping.AsShuffled _ -> new Epoch(number, cutter.cut(order));
            case Grouping.ByLength byLength -> {
                List<int[]> batches = cutter.cut(sortedInWindows(order, byLength.window()));
                yield new Epoch(number, shuffled(batches, number));
            }
        };
    }

    private int[] sortedInWindows(int[] order, int window) {
        List<Integer> sorted = new ArrayList<>(Arrays.stream(order).boxed().toList());
        for (int start = 0; start < sorted.size(); start += window) {
            sorted.subList(start, (int) Math.min(sorted.size(), (long) start + window)).sort(data.shortestFirst());
        }
        return sorted.stream().mapToInt(Integer::intValue).toArray();
    }

    // Shuffle's own stream orders the examples; drawing the batches' order from it too would tie the two together.
    private List<int[]> shuffled(List<int[]> batches, long epoch) {
        List<int[]> shuffled = new ArrayList<>(batches);
        long stream = Streams.stream("data/batches/" + epoch);
        for (int place = shuffled.size() - 1; place > 0; place--) {
            int other = Philox.below(place + 1, seed, stream, place);
            int[] carried = shuffled.get(place);
            shuffled.set(place, shuffled.get(other));
            shuffled.set(other, carried);
        }
        return shuffled;
    }
}
