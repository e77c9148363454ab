package io.heddle.runtime.data;

import io.heddle.runtime.data.text.ProblemList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts an order of examples into batches, and pads batches. */
final class BatchCutter {
    private final Examples data;
    private final BatchSize size;
    private final int lengthMultiple;

    /** Refuses examples that no batch of that size can hold. */
    BatchCutter(Examples data, BatchSize size, int lengthMultiple) {
        Sizes.requirePositive("length multiple", lengthMultiple);
        this.data = data;
        this.size = size;
        this.lengthMultiple = lengthMultiple;
        if (size instanceof BatchSize.Tokens tokens) {
            requireFitting(tokens);
        }
    }

    private void requireFitting(BatchSize.Tokens tokens) {
        ProblemList problems = new ProblemList();
        for (int index = 0; index < data.size(); index++) {
            if (paddedLength(index) > tokens.count()) {
                problems.add(data.tooLong(index, paddedLength(index), tokens.count()));
            }
        }
        problems.throwIfAny();
    }

    /** The batches of consecutive examples of {@code order}, each as their numbers. */
    List<int[]> cut(int[] order) {
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        int longest = 0;
        for (int place = 0; place < order.length; place++) {
            int length = Math.max(longest, paddedLength(order[place]));
            if (place > start && !fits(place - start + 1, length)) {
                batches.add(Arrays.copyOfRange(order, start, place));
                start = place;
                length = paddedLength(order[place]);
            }
            longest = length;
        }
        if (start < order.length) {
            batches.add(Arrays.copyOfRange(order, start, order.length));
        }
        return batches;
    }

    private boolean fits(int rows, int longest) {
        return switch (size) {
            case BatchSize.Sentences sentences -> rows <= sentences.count();
            case BatchSize.Tokens tokens -> (long) rows * longest <= tokens.count();
        };
    }

    private int paddedLength(int index) {
        return Sizes.roundUp(data.length(index), lengthMultiple);
    }

    /** The tensors of the examples of these numbers; see {@link Batch}. */
    Batch pad(int[] rows) {
        return data.pad(rows, lengthMultiple);
    }
}
