package io.heddle.runtime.data;

import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.messages.PairMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts an order of pairs into batches, and pads batches. */
final class BatchCutter {
    private final PairData data;
    private final BatchSize size;
    private final int lengthMultiple;

    /** Refuses pairs that no batch of that size can hold. */
    BatchCutter(PairData data, BatchSize size, int lengthMultiple) {
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
                problems.add(PairMessages.tooLong(data.place(index), paddedLength(index), tokens.count()));
            }
        }
        problems.throwIfAny();
    }

    /** The batches of consecutive pairs of {@code order}, each as its pairs' numbers. */
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
        EncodedPair pair = data.encoded(index);
        return Sizes.roundUp(Math.max(pair.sourceLength(), pair.targetLength()), lengthMultiple);
    }

    /** The tensors of the pairs of these numbers; see {@link Batch}. */
    Batch pad(int[] rows) {
        return PaddedPairs.batch(data, rows, lengthMultiple);
    }
}
