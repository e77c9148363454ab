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
    private static final int WORK = WeightRows.work(QUERIES);

    private AttentionForward() {}

    /**
     * Attends for the units {@code [from, to)} of {@link AttentionShape#forwardUnits}: writes output and logSumExps.
     *
     * @param dropout of the weights; a weight's element is its index in {@code [batch, heads, queries, keys]}
     */
    public static void forward(
            AttentionShape shape, AttentionMask mask, Dropout dropout, AttentionTensors tensors, int from, int to) {
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int room = dropout.draws() ? PhiloxLanes.room(tileKeys) : 0;
        // For each query the largest score and the sum of weights so far; then the tile; for each query a correction; what
        // weighing works with; then random words.
        long scratch = Scratch.floats(
                Scratch.Use.ATTENTION, 3L * QUERIES + (long) QUERIES * tileKeys + WORK + room);
        for (int unit = from; unit < to; unit++) {
            int tile = unit % shape.queryTiles();
            int head = unit / shape.queryTiles() % shape.heads();
            int row = unit / shape.queryTiles() / shape.heads();
            int first = tile * QUERIES;
            int count = Math.min(QUERIES, shape.queries() - first);
            attend(shape, mask, dropout, tensors, row, head, first, count, scratch);
            finish(shape, tensors, row, head, first, count, scratch);
        }
    }

    private static void attend(
            AttentionShape shape, AttentionMask mask, Dropout dropout, AttentionTensors tensors,
            int row, int head, int first, int count, long scratch) {
        int keyValueHead = shape.keyValueHead(head);
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int endKey = mask.end(first + count - 1, mask.keyLength(shape, row));
        long output = shape.output(tensors.output(), row, first, head);
        long scores = at(scratch, 2L * QUERIES);
        Memory.fill(scratch, Float.NEGATIVE_INFINITY, QUERIES);
        Memory.fill(at(scratch, QUERIES), 0f, QUERIES);
        boolean begun = false;
        for (int key = mask.start(first); key < endKey; key += tileKeys) {
            int width = Math.min(tileKeys, endKey - key);
            if (mask.hidesAll(head, first, key)) {
                continue;
            }
            Gemm.multiply(
                    false, true, count, width, shape.headWidth(), shape.scale(),
                    shape.query(tensors.queries(), row, first, head), shape.queryStride(),
                    shape.key(tensors.keys(), row, key, keyValueHead), shape.keyStride(), 0f, scores, tileKeys);
            weigh(shape, mask, dropout, row, head, first, count, key, width, output, begun, scratch);
            Gemm.multiply(
                    false, false, count, shape.valueWidth(), width, 1f, scores, tileKeys,
                    shape.value(tensors.values(), row, key, keyValueHead), shape.valueStride(),
                    begun ? 1f : 0f, output, shape.outputStride());
            begun = true;
        }
        if (!begun) {
            for (int i = 0; i < count; i++) {
                Memory.fill(at(output, (long) i * shape.outputStride()), 0f, shape.valueWidth());
            }
        }
    }

    /** Turns a tile's scores to weights, less those that are dropped, and corrects the output of earlier tiles. */
    private static void weigh(
            AttentionShape shape, AttentionMask mask, Dropout dropout, int row, int head, int first, int count,
            int key, int width, long output, boolean begun, long scratch) {
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int keyLength = mask.keyLength(shape, row);
        long scores = at(scratch, 2L * QUERIES);
        long corrections = at(scores, (long) QUERIES * tileKeys);
        long work = at(corrections, QUERIES);
        for (int i = 0; i < count; i++) {
            int from = mask.seenFrom(first + i, key, width);
            int to = mask.seenTo(first + i, keyLength, key, width);
            ScoreTile.hide(at(scores, (long) i * tileKeys), from, to, mask.bytes(head, first + i, key));
        }
        int next;
        for (int i = 0; i < count; i = next) {
            next = ScoreTile.endOfAlike(mask, keyLength, first, i, count, key, width);
            WeightRows.weigh(
                    at(scores, (long) i * tileKeys), tileKeys, next - i,
                    ScoreTile.down(mask.seenFrom(first + i, key, width)),
                    ScoreTile.up(mask.seenTo(first + i, keyLength, key, width)), width,
                    at(scratch, i), at(scratch, QUERIES + i), at(corrections, i), work);
        }
        if (begun) {
            correct(shape, output, count, corrections);
        }
        if (dropout.draws()) {
            drop(shape, dropout, row, head, first, count, key, width, tileKeys, scores, at(work, WORK));
        }
    }

    private static void correct(AttentionShape shape, long output, int count, long corrections) {
        for (int i = 0; i < count; i++) {
            float correction = get(at(corrections, i));
            if (correction != 1f) {
                long target = at(output, (long) i * shape.outputStride());
                Elementwise.scale(target, correction, target, 0, shape.valueWidth());
            }
        }
    }

    private static void drop(
            AttentionShape shape, Dropout dropout, int row, int head, int first, int count,
            int key, int width, int tileKeys, long scores, long buffer) {
        int padded = ScoreTile.up(width);
        for (int i = 0; i < count; i++) {
            long line = at(scores, (long) i * tileKeys);
            long words = dropout.draw(shape.weight(row, head, first + i, key), padded, buffer);
            dropout.keepWhole(line, words, line, padded);
        }
    }

    /** Divides the weighted sums of values by the sums of weights. */
    private static void finish(
            AttentionShape shape, AttentionTensors tensors, int row, int head, int first, int count, long scratch) {
        for (int i = 0; i < count; i++) {
            float largest = get(at(scratch, i));
            float sum = get(at(scratch, QUERIES + i));
            if (sum != 0f) {
                long target = shape.output(tensors.output(), row, first + i, head);
                Elementwise.scale(target, 1f / sum, target, 0, shape.valueWidth());
            }
            if (tensors.logSumExps() != 0) {
                put(shape.perQuery(tensors.logSumExps(), row, head, first + i), (float) (largest + Math.log(sum)));
            }
        }
    }
}
