package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.DataMessages;
import java.util.Arrays;

/**
 * All windows of a text in order, beside each other: every token but the first is the label of exactly one place, so
 * the loss over them is the text's. The last window is padded where the text ends, the last batch has fewer rows.
 */
public final class OrderedWindows implements EvaluationBatches {
    private final TokenStream tokens;
    private final int batchSize;
    private final int context;

    /**
     * The windows of {@code tokens}.
     *
     * @param batchSize rows in a batch, but the last
     * @param context tokens in a row
     * @throws ProblemsException when there is no token to predict
     */
    public OrderedWindows(TokenStream tokens, int batchSize, int context) {
        Sizes.requirePositive("batch size", batchSize);
        Sizes.requirePositive("context", context);
        tokens.requireLength(2, DataMessages.label());
        this.tokens = tokens;
        this.batchSize = batchSize;
        this.context = context;
    }

    @Override
    public int count() {
        return Math.ceilDiv(windows(), batchSize);
    }

    /** Tensors {@code ids}, {@code lengths}, {@code labels}; see {@link Batch}. */
    @Override
    public Batch batch(int number) {
        int firstWindow = Math.multiplyExact(number, batchSize);
        int rows = Math.min(batchSize, windows() - firstWindow);
        if (number < 0 || rows <= 0) {
            throw new IllegalArgumentException("there are " + count() + " batches, and none is number " + number);
        }
        int[] ids = new int[rows * context];
        int[] labels = new int[rows * context];
        int[] lengths = new int[rows];
        Arrays.fill(ids, tokens.paddingId());
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        int labelCount = 0;
        for (int row = 0; row < rows; row++) {
            int start = (firstWindow + row) * context;
            lengths[row] = Math.min(context, tokens.length() - 1 - start);
            tokens.copy(start, ids, row * context, lengths[row]);
            tokens.copy(start + 1, labels, row * context, lengths[row]);
            labelCount += lengths[row];
        }
        return RandomWindows.textBatch(ids, lengths, labels, context, labelCount);
    }

    private int windows() {
        return Math.ceilDiv(tokens.length() - 1, context);
    }
}
