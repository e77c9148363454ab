package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.put;

/**
 * Scaled dot-product attention (Vaswani et al., arXiv 1706.03762): output = softmax(scale Q K^T, over the keys seen) V for
 * each head.
 *
 * <p>Scores exist for one tile of queries and keys at a time; the softmax is carried over tiles by each query's largest score
 * and sum (Milakov and Gimelshein, arXiv 1805.02867; Dao et al., arXiv 2205.14135). Keys that no query of a tile sees are
 * neither read nor multiplied. A query that sees nothing gives 0.
 */
public final class AttentionForward {
    private static final int QUERIES = AttentionShape.QUERY_TILE;

    private AttentionForward() {}

    /**
     * Attends for the units {@code [from, to)} of {@link AttentionShape#forwardUnits}.
     *
     * @param logSumExps {@code [batch, heads, queries]}: receives the logarithm of the sum of exponentials of the scores that
     *     a query sees, for the backward pass; minus infinity where it sees nothing. 0 where nobody needs it
     * @param rate the part of the weights that is dropped, see {@link Dropout}; weight (row, head, query, key) has the index
     *     it has in {@code [batch, heads, queries, keys]}. With 0 nothing is drawn
     */
    public static void forward(
            AttentionShape shape, AttentionMask mask, long queries, long keys, long values, long output, long logSumExps,
            long seed, long stream, float rate, int from, int to) {
        int tileKeys = Math.min(ScoreTile.keysAtOnce(mask), ScoreTile.up(Math.max(1, shape.keys())));
        int room = rate == 0f ? 0 : PhiloxLanes.room(tileKeys);
        long scores = Scratch.floats(Scratch.Use.ATTENTION, (long) QUERIES * tileKeys + 2L * QUERIES + room);
        long largest = at(scores, (long) QUERIES * tileKeys);
        long sums = at(largest, QUERIES);
        long words = at(sums, QUERIES);
        for (int unit = from; unit < to; unit++) {
            int tile = unit % shape.queryTiles();
            int head = unit / shape.queryTiles() % shape.heads();
            int row = unit / shape.queryTiles() / shape.heads();
            int first = tile * QUERIES;
            int count = Math.min(QUERIES, shape.queries() - first);
            attend(
                    shape, mask, row, head, first, count, queries, keys, values, output,
                    scores, tileKeys, largest, sums, words, seed, stream, rate);
            finish(shape, row, head, first, count, output, logSumExps, largest, sums);
        }
    }

    private static void attend(
            AttentionShape shape, AttentionMask mask, int row, int head, int first, int count,
            long queries, long keys, long values, long output,
            long scores, int tileKeys, long largest, long sums, long words, long seed, long stream, float rate) {
        int keyValueHead = shape.keyValueHead(head);
        int keyLength = mask.keyLength(shape, row);
        int firstKey = ScoreTile.down(mask.first(first));
        int endKey = mask.end(first + count - 1, keyLength);
        long outputs = shape.output(output, row, first, head);
        Memory.fill(largest, Float.NEGATIVE_INFINITY, count);
        Memory.fill(sums, 0f, count);
        boolean begun = false;
        for (int key = firstKey; key < endKey; key += tileKeys) {
            int width = Math.min(tileKeys, endKey - key);
            long allowed = mask.allowed() == 0 ? 0 : mask.allowed(shape, row, head, first) + key;
            if (allowed != 0 && ScoreTile.hidesAll(allowed, shape.keys(), count, width)) {
                continue;
            }
            Gemm.multiply(
                    false, true, count, width, shape.headWidth(), shape.scale(),
                    shape.query(queries, row, first, head), shape.queryStride(),
                    shape.key(keys, row, key, keyValueHead), shape.keyStride(), 0f, scores, tileKeys);
            for (int i = 0; i < count; i++) {
                int query = first + i;
                int seenFrom = Math.clamp(mask.first(query) - (long) key, 0, width);
                int seenTo = Math.clamp(mask.end(query, keyLength) - (long) key, seenFrom, width);
                long line = at(scores, (long) i * tileKeys);
                ScoreTile.hide(line, seenFrom, seenTo, allowed == 0 ? 0 : allowed + (long) i * shape.keys());
                float correction = WeightRows.weigh(line, seenFrom, seenTo, width, at(largest, i), at(sums, i));
                if (begun && correction != 1f) {
                    long target = at(outputs, (long) i * shape.outputStride());
                    Elementwise.scale(target, correction, target, 0, shape.valueWidth());
                }
                if (rate != 0f) {
                    long drawn = PhiloxLanes.words(seed, stream, shape.weight(row, head, query, key), width, words);
                    Dropout.keep(line, drawn, line, rate, width);
                }
            }
            Gemm.multiply(
                    false, false, count, shape.valueWidth(), width, 1f, scores, tileKeys,
                    shape.value(values, row, key, keyValueHead), shape.valueStride(),
                    begun ? 1f : 0f, outputs, shape.outputStride());
            begun = true;
        }
        if (!begun) {
            for (int i = 0; i < count; i++) {
                Memory.fill(at(outputs, (long) i * shape.outputStride()), 0f, shape.valueWidth());
            }
        }
    }

    /** Divides the weighted sums of values by the sums of weights. */
    private static void finish(
            AttentionShape shape, int row, int head, int first, int count,
            long output, long logSumExps, long largest, long sums) {
        for (int i = 0; i < count; i++) {
            float sum = get(at(sums, i));
            if (sum != 0f) {
                long target = shape.output(output, row, first + i, head);
                Elementwise.scale(target, 1f / sum, target, 0, shape.valueWidth());
            }
            if (logSumExps != 0) {
                put(shape.perQuery(logSumExps, row, head, first + i), (float) (get(at(largest, i)) + Math.log(sum)));
            }
        }
    }
}
