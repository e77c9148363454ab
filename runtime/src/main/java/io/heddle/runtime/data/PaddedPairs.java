package io.heddle.runtime.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts pairs of different lengths into the rectangles of a {@link Batch}. */
final class PaddedPairs {
    private PaddedPairs() {}

    static Batch batch(PairData data, int[] rows, int lengthMultiple) {
        int sourceWidth = 0;
        int targetWidth = 0;
        for (int row : rows) {
            sourceWidth = Math.max(sourceWidth, data.encoded(row).sourceLength());
            targetWidth = Math.max(targetWidth, data.encoded(row).targetLength());
        }
        sourceWidth = Sizes.roundUp(sourceWidth, lengthMultiple);
        targetWidth = Sizes.roundUp(targetWidth, lengthMultiple);
        int count = rows.length;
        int[] source = filled(count * sourceWidth, data.sourcePadding());
        int[] target = filled(count * targetWidth, data.targetPadding());
        int[] labels = filled(count * targetWidth, Batch.IGNORED_LABEL);
        int[] copies = new int[count * sourceWidth];
        int[] sourceLengths = new int[count];
        int[] targetLengths = new int[count];
        int labelCount = 0;
        for (int index = 0; index < count; index++) {
            EncodedPair pair = data.encoded(rows[index]);
            sourceLengths[index] = pair.sourceLength();
            targetLengths[index] = pair.targetLength();
            labelCount += pair.targetLength();
            System.arraycopy(pair.source(), 0, source, index * sourceWidth, pair.sourceLength());
            System.arraycopy(pair.target(), 0, target, index * targetWidth, pair.targetLength());
            System.arraycopy(pair.labels(), 0, labels, index * targetWidth, pair.targetLength());
            System.arraycopy(pair.copies(), 0, copies, index * sourceWidth, pair.copies().length);
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.SOURCE, IntTensor.of(source, count, sourceWidth));
        tensors.put(Batch.SOURCE_LENGTHS, IntTensor.of(sourceLengths, count));
        tensors.put(Batch.TARGET, IntTensor.of(target, count, targetWidth));
        tensors.put(Batch.TARGET_LENGTHS, IntTensor.of(targetLengths, count));
        if (data.encoded(rows[0]).copies().length > 0) {
            tensors.put(Batch.COPIES, IntTensor.of(copies, count, sourceWidth));
        }
        tensors.put(Batch.LABELS, IntTensor.of(labels, count, targetWidth));
        Batch batch = new Batch(tensors, labelCount);
        boolean aligned = data.encoded(rows[0]).makers().length > 0;
        return aligned ? Fertilities.in(batch, row -> data.encoded(rows[row]).makers()) : batch;
    }

    private static int[] filled(int size, int value) {
        int[] values = new int[size];
        Arrays.fill(values, value);
        return values;
    }
}
