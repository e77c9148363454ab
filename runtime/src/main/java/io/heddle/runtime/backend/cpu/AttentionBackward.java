package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.put;

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
    private static final int WORK = WeightRows.work(QUERIES);

    private AttentionBackward() {}

    /**
     * Computes gradients for the units {@code [from, to)} of {@link AttentionShape#backwardUnits}. They are overwritten, those
     * of keys and values in the first {@code keys} rows. All else is as the forward pass had it and left it.
     */
    public static void backward(
            AttentionShape shape, AttentionMask mask, Dropout dropout, AttentionTensors tensors,
            AttentionTensors.Gradients gradients, int from, int to) {
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int room = dropout.draws() ? PhiloxLanes.room(tileKeys) : 0;
        // For each query the rowsum above; then a tile of weights and one of their gradients; what turning the one to the
        // other works with; then random words.
        long scratch = Scratch.floats(Scratch.Use.ATTENTION, QUERIES + 2L * QUERIES * tileKeys + WORK + room);
        int group = shape.heads() / shape.keyValueHeads();
        for (int unit = from; unit < to; unit++) {
            int row = unit / shape.keyValueHeads();
            int keyValueHead = unit % shape.keyValueHeads();
            clear(shape.key(gradients.keys(), row, 0, keyValueHead), shape.keys(), shape.keyStride(),
                    shape.headWidth());
            clear(
                    shape.value(gradients.values(), row, 0, keyValueHead), shape.keys(), shape.valueStride(),
                    shape.valueWidth());
            for (int head = keyValueHead * group; head < (keyValueHead + 1) * group; head++) {
                for (int first = 0; first < shape.queries(); first += QUERIES) {
                    int count = Math.min(QUERIES, shape.queries() - first);
                    differentiate(shape, mask, dropout, tensors, gradients, row, head, first, count, scratch);
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
            AttentionShape shape, AttentionMask mask, Dropout dropout, AttentionTensors tensors,
            AttentionTensors.Gradients gradients, int row, int head, int first, int count, long scratch) {
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int endKey = mask.end(first + count - 1, mask.keyLength(shape, row));
        long output = shape.output(tensors.output(), row, first, head);
        long outputGradient = shape.output(gradients.output(), row, first, head);
        for (int i = 0; i < count; i++) {
            long offset = 4L * i * shape.outputStride();
            put(at(scratch, i), Gemv.dot(output + offset, outputGradient + offset, shape.valueWidth()));
        }
        clear(shape.query(gradients.queries(), row, first, head), count, shape.queryStride(), shape.headWidth());
        for (int key = mask.start(first); key < endKey; key += tileKeys) {
            int width = Math.min(tileKeys, endKey - key);
            if (!mask.hidesAll(head, first, key)) {
                differentiateTile(
                        shape, mask, dropout, tensors, gradients, row, head, first, count, key, width, scratch);
            }
        }
    }

    private static void differentiateTile(
            AttentionShape shape, AttentionMask mask, Dropout dropout, AttentionTensors tensors,
            AttentionTensors.Gradients gradients, int row, int head, int first, int count, int key, int width,
            long scratch) {
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int keyValueHead = shape.keyValueHead(head);
        long weights = at(scratch, QUERIES);
        long weightGradients = at(weights, (long) QUERIES * tileKeys);
        long query = shape.query(tensors.queries(), row, first, head);
        long keyStart = shape.key(tensors.keys(), row, key, keyValueHead);
        long outputGradient = shape.output(gradients.output(), row, first, head);
        Gemm.multiply(
                false, true, count, width, shape.headWidth(), shape.scale(), query, shape.queryStride(),
                keyStart, shape.keyStride(), 0f, weights, tileKeys);
        Gemm.multiply(
                false, true, count, width, shape.valueWidth(), 1f, outputGradient, shape.outputStride(),
                shape.value(tensors.values(), row, key, keyValueHead), shape.valueStride(),
                0f, weightGradients, tileKeys);
        differentiateRows(shape, mask, dropout, tensors, row, head, first, count, key, width, scratch);
        Gemm.multiply(
                true, false, width, shape.valueWidth(), count, 1f, weights, tileKeys,
                outputGradient, shape.outputStride(),
                1f, shape.value(gradients.values(), row, key, keyValueHead), shape.valueStride());
        Gemm.multiply(
                true, false, width, shape.headWidth(), count, shape.scale(), weightGradients, tileKeys,
                query, shape.queryStride(), 1f, shape.key(gradients.keys(), row, key, keyValueHead), shape.keyStride());
        Gemm.multiply(
                false, false, count, shape.headWidth(), width, shape.scale(), weightGradients, tileKeys,
                keyStart, shape.keyStride(),
                1f, shape.query(gradients.queries(), row, first, head), shape.queryStride());
    }

    /** From scores to weights less those dropped, and from gradients of weights to those of scores, in place. */
    private static void differentiateRows(
            AttentionShape shape, AttentionMask mask, Dropout dropout, AttentionTensors tensors,
            int row, int head, int first, int count, int key, int width, long scratch) {
        int tileKeys = ScoreTile.keysAtOnce(shape, mask);
        int keyLength = mask.keyLength(shape, row);
        long weights = at(scratch, QUERIES);
        long weightGradients = at(weights, (long) QUERIES * tileKeys);
        long work = at(weightGradients, (long) QUERIES * tileKeys);
        long buffer = at(work, WORK);
        int padded = ScoreTile.up(width);
        for (int i = 0; i < count; i++) {
            int from = mask.seenFrom(first + i, key, width);
            int to = mask.seenTo(first + i, keyLength, key, width);
            ScoreTile.hide(at(weights, (long) i * tileKeys), from, to, mask.bytes(head, first + i, key));
            // Past the tile's end there is no gradient but what an earlier tile left.
            ScoreTile.setAfter(at(weightGradients, (long) i * tileKeys), to, 0f);
        }
        int next;
        for (int i = 0; i < count; i = next) {
            // The words that are drawn are kept for one row alone.
            next = dropout.draws() ? i + 1 : ScoreTile.endOfAlike(mask, keyLength, first, i, count, key, width);
            long weight = at(weights, (long) i * tileKeys);
            long gradient = at(weightGradients, (long) i * tileKeys);
            long words = 0;
            if (dropout.draws()) {
                words = dropout.draw(shape.weight(row, head, first + i, key), padded, buffer);
                dropout.keepWhole(gradient, words, gradient, padded);
            }
            WeightRows.differentiate(
                    weight, gradient, tileKeys, next - i,
                    ScoreTile.down(mask.seenFrom(first + i, key, width)),
                    ScoreTile.up(mask.seenTo(first + i, keyLength, key, width)), width,
                    shape.perQuery(tensors.logSumExps(), row, head, first + i), at(scratch, i), work);
            if (words != 0) {
                dropout.keepWhole(weight, words, weight, padded);
            }
        }
    }
}
