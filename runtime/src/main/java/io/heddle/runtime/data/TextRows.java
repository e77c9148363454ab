package io.heddle.runtime.data;

import io.heddle.runtime.messages.DataMessages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text cut into rows that are read side by side, one segment after the other, so that each row goes on where it ended
 * (arXiv 1901.02860, section 3.2, and its {@code LMOrderedIterator}).
 *
 * <pre>
 *   text    a b c d e f g h i j k l m     length 6, context 4
 *   rows    a b c d | e f                 segment 0 | segment 1
 *           g h i j | k l                 labels are the tokens one further on
 * </pre>
 *
 * @param length how many labels a row has; the last may have fewer
 * @param context tokens in a segment
 */
record TextRows(TokenStream tokens, int rows, int length, int context) {
    /** Rows of one length; the few tokens that are left over at the end of the text are left out. */
    static TextRows equal(TokenStream tokens, int rows, int context) {
        Sizes.requirePositive("batch size", rows);
        Sizes.requirePositive("context", context);
        tokens.requireLength(Math.addExact(Math.multiplyExact(rows, context), 1), DataMessages.rows(rows, context));
        return new TextRows(tokens, rows, (tokens.length() - 1) / rows, context);
    }

    /** At most so many rows of the whole text, in which every token but the first is the label of one place. */
    static TextRows whole(TokenStream tokens, int rows, int context) {
        Sizes.requirePositive("batch size", rows);
        Sizes.requirePositive("context", context);
        tokens.requireLength(2, DataMessages.label());
        int labels = tokens.length() - 1;
        int length = Math.ceilDiv(labels, rows);
        return new TextRows(tokens, Math.ceilDiv(labels, length), length, context);
    }

    /** How many segments a row has; the last is padded. */
    int segments() {
        return Math.ceilDiv(length, context);
    }

    /** Tensors {@code ids}, {@code lengths}, {@code remembered}, {@code labels} of some rows; see {@link Batch}. */
    Batch batch(int first, int count, int segment) {
        int[] ids = new int[count * context];
        int[] labels = new int[count * context];
        int[] lengths = new int[count];
        int[] remembered = new int[count];
        Arrays.fill(ids, tokens.paddingId());
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        Arrays.fill(remembered, segment * context);
        int labelCount = 0;
        for (int row = 0; row < count; row++) {
            int begin = (first + row) * length;
            int end = Math.min(length, tokens.length() - 1 - begin);
            int read = Math.clamp(end - segment * context, 0, context);
            if (read > 0) {
                int start = begin + segment * context;
                tokens.copy(start, ids, row * context, read);
                tokens.copy(start + 1, labels, row * context, read);
            }
            lengths[row] = read;
            labelCount += read;
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.IDS, IntTensor.of(ids, count, context));
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, count));
        tensors.put(Batch.REMEMBERED, IntTensor.of(remembered, count));
        tensors.put(Batch.LABELS, IntTensor.of(labels, count, context));
        return new Batch(tensors, labelCount);
    }
}
