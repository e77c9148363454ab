package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;

/**
 * The gradients of {@link AttentionForward}. With W the weights, which are computed anew from the kept logarithms of sums, O
 * the output and dO its gradient:
 *
 * <p>dV = W^T dO, dS = W (dO V^T - rowsum(dO O)), dQ = scale dS K, dK = scale dS^T Q
 *
 * <p>(Dao et al., arXiv 2205.14135, appendix B.4). A unit is one head of keys and values of one of the batch; inside it tiles
 * follow in a fixed order, so the result does not depend on the number of workers. A query that saw nothing has gradient 0.
 */
public final class AttentionBackward {
    private static final int QUERIES = AttentionShape.QUERY_TILE;

    private AttentionBackward() {}

    /**
     * Computes gradients for the units {@code [from, to)} of {@link AttentionShape#backwardUnits}. Gradients lie as what they
     * are gradients of, and are overwritten, for keys and values in their first {@code keys} rows. Arguments in common are the
     * same as in the forward pass.
     */
    public static void backward(
            AttentionShape shape, AttentionMask mask, long queries, long keys, long values, long output, long logSumExps,
            long outputGradient, long queryGradient, long keyGradient, long valueGradient,
            long seed, long stream, float rate, int from, int to) {
        int tileKeys = Math.min(ScoreTile.keysAtOnce(mask), ScoreTile.up(Math.max(1, shape.keys())));
        int room = rate == 0f ? 0 : PhiloxLanes.room(tileKeys);
        long scores = Scratch.floats(Scratch.Use.ATTENTION, 2L * QUERIES * tileKeys + QUERIES + room);
        long gradients = at(scores, (long) QUERIES * tileKeys);
        long common = at(gradients, (long) QUERIES * tileKeys);
        long words = at(common, QUERIES);
        int group = shape.heads() / shape.keyValueHeads();
        for (int unit = from; unit < to; unit++) {
            int row = unit / shape.keyValueHeads();
            int keyValueHead = unit % shape.keyValueHeads();
            clear(shape.key(keyGradient, row, 0, keyValueHead), shape.keys(), shape.keyStride(), shape.headWidth());
            clear(shape.value(valueGradient, row, 0, keyValueHead), shape.keys(), shape.valueStride(), shape.valueWidth());
            for (int head = keyValueHead * group; head < (keyValueHead + 1) * group; head++) {
                for (int first = 0; first < shape.queries(); first += QUERIES) {
                    int count = Math.min(QUERIES, shape.queries() - first);
                    differentiate(
                            shape, mask, row, head, first, count, queries, keys, values, output, logSumExps,
                            outputGradient, queryGradient, keyGradient, valueGradient,
                            scores, gradients, tileKeys, common, words, seed, stream, rate);
                }
            }
        }
    }

    private static void clear(long start, int rows, int stride, int width) {
        for (int i = 0; i < rows; i++) {
            Memory.fill(at(start, (long) i * stride), 0f, width);
        }
    }

    private static void differentiate(
            AttentionShape shape, AttentionMask mask, int row, int head, int first, int count,
            long queries, long keys, long values, long output, long logSumExps,
            long outputGradient, long queryGradient, long keyGradient, long valueGradient,
            long scores, long gradients, int tileKeys, long common, long words, long seed, long stream, float rate) {
        int keyValueHead = shape.keyValueHead(head);
        int keyLength = mask.keyLength(shape, row);
        int firstKey = ScoreTile.down(mask.first(first));
        int endKey = mask.end(first + count - 1, keyLength);
        long query = shape.query(queries, row, first, head);
        long queryTarget = shape.query(queryGradient, row, first, head);
        long outputs = shape.output(output, row, first, head);
        long above = shape.output(outputGradient, row, first, head);
        clear(queryTarget, count, shape.queryStride(), shape.headWidth());
        for (int i = 0; i < count; i++) {
            long offset = 4L * i * shape.outputStride();
            Memory.put(at(common, i), Gemv.dot(outputs + offset, above + offset, shape.valueWidth()));
        }
        for (int key = firstKey; key < endKey; key += tileKeys) {
            int width = Math.min(tileKeys, endKey - key);
            long allowed = mask.allowed() == 0 ? 0 : mask.allowed(shape, row, head, first) + key;
            if (allowed != 0 && ScoreTile.hidesAll(allowed, shape.keys(), count, width)) {
                continue;
            }
            long keyStart = shape.key(keys, row, key, keyValueHead);
            Gemm.multiply(
                    false, true, count, width, shape.headWidth(), shape.scale(), query, shape.queryStride(),
                    keyStart, shape.keyStride(), 0f, scores, tileKeys);
            Gemm.multiply(
                    false, true, count, width, shape.valueWidth(), 1f, above, shape.outputStride(),
                    shape.value(values, row, key, keyValueHead), shape.valueStride(), 0f, gradients, tileKeys);
            for (int i = 0; i < count; i++) {
                int seenFrom = Math.clamp(mask.first(first + i) - (long) key, 0, width);
                int seenTo = Math.clamp(mask.end(first + i, keyLength) - (long) key, seenFrom, width);
                long line = at(scores, (long) i * tileKeys);
                long gradient = at(gradients, (long) i * tileKeys);
                long drawn = 0;
                if (rate != 0f) {
                    drawn = PhiloxLanes.words(seed, stream, shape.weight(row, head, first + i, key), width, words);
                    Dropout.keep(gradient, drawn, gradient, rate, width);
                }
                ScoreTile.hide(line, seenFrom, seenTo, allowed == 0 ? 0 : allowed + (long) i * shape.keys());
                WeightRows.differentiate(
                        line, gradient, seenFrom, seenTo, width,
                        get(shape.perQuery(logSumExps, row, head, first + i)), get(at(common, i)));
                if (rate != 0f) {
                    Dropout.keep(line, drawn, line, rate, width);
                }
            }
            Gemm.multiply(
                    true, false, width, shape.valueWidth(), count, 1f, scores, tileKeys, above, shape.outputStride(),
                    1f, shape.value(valueGradient, row, key, keyValueHead), shape.valueStride());
            Gemm.multiply(
                    true, false, width, shape.headWidth(), count, shape.scale(), gradients, tileKeys,
                    query, shape.queryStride(), 1f, shape.key(keyGradient, row, key, keyValueHead), shape.keyStride());
            Gemm.multiply(
                    false, false, count, shape.headWidth(), width, shape.scale(), gradients, tileKeys,
                    keyStart, shape.keyStride(), 1f, queryTarget, shape.queryStride());
        }
    }
}
