package io.heddle.runtime.backend.cpu;

/**
 * Sizes of one attention, and how its tensors lie in memory. Make it once for a shape and keep it.
 *
 * <p>Queries are {@code [batch, queries, heads * headWidth]}, keys {@code [batch, keyRows, keyValueHeads * headWidth]},
 * values {@code [batch, keyRows, keyValueHeads * valueWidth]} and outputs {@code [batch, queries, heads * valueWidth]}: a
 * head is a slice of a row's features, so nothing is transposed. A stride is the number of floats from one row to the next,
 * and may be larger than the features, where queries, keys and values were computed side by side.
 *
 * @param queries rows of queries in each of the batch
 * @param keys rows of keys and values in each of the batch that may be looked at
 * @param keyRows rows of keys and values that memory holds for each of the batch: {@code keys}, or more in a cache
 * @param heads heads of the queries, a multiple of {@code keyValueHeads}
 * @param keyValueHeads heads of keys and values; {@code heads / keyValueHeads} heads in turn share each of them
 * @param scale what the scores are multiplied by, usually 1 / sqrt(headWidth)
 */
public record AttentionShape(
        int batch,
        int queries,
        int keys,
        int keyRows,
        int heads,
        int keyValueHeads,
        int headWidth,
        int valueWidth,
        int queryStride,
        int keyStride,
        int valueStride,
        int outputStride,
        float scale) {
    /** Queries that are worked on together. */
    static final int QUERY_TILE = 64;

    public AttentionShape {
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "heads = " + heads + " must be a multiple of keyValueHeads = " + keyValueHeads + ".");
        }
        if (keyRows < keys) {
            throw new IllegalArgumentException("keyRows = " + keyRows + " must be at least keys = " + keys + ".");
        }
    }

    /** Heads of the same number and width for queries, keys and values, in rows without gaps. */
    public static AttentionShape of(int batch, int queries, int keys, int heads, int headWidth) {
        int width = heads * headWidth;
        float scale = (float) (1.0 / Math.sqrt(headWidth));
        return new AttentionShape(
                batch, queries, keys, keys, heads, heads, headWidth, headWidth, width, width, width, width, scale);
    }

    /** How many independent units the forward pass has: the range to split over workers. */
    public int forwardUnits() {
        return batch * heads * queryTiles();
    }

    /** How many independent units the backward pass has: the range to split over workers. */
    public int backwardUnits() {
        return batch * keyValueHeads;
    }

    int queryTiles() {
        return (queries + QUERY_TILE - 1) / QUERY_TILE;
    }

    int keyValueHead(int head) {
        return head / (heads / keyValueHeads);
    }

    /** The address of a query's head, of its gradient among gradients. */
    long query(long base, int row, int query, int head) {
        return Memory.at(base, ((long) row * queries + query) * queryStride + (long) head * headWidth);
    }

    long key(long base, int row, int key, int keyValueHead) {
        return Memory.at(base, ((long) row * keyRows + key) * keyStride + (long) keyValueHead * headWidth);
    }

    long value(long base, int row, int key, int keyValueHead) {
        return Memory.at(base, ((long) row * keyRows + key) * valueStride + (long) keyValueHead * valueWidth);
    }

    long output(long base, int row, int query, int head) {
        return Memory.at(base, ((long) row * queries + query) * outputStride + (long) head * valueWidth);
    }

    /** The address of one of the numbers kept for each query of a head: {@code [batch, heads, queries]}. */
    long perQuery(long base, int row, int head, int query) {
        return Memory.at(base, ((long) row * heads + head) * queries + query);
    }

    /** The index of a weight in {@code [batch, heads, queries, keys]}, which decides whether it is dropped. */
    long weight(int row, int head, int query, int key) {
        return (((long) row * heads + head) * queries + query) * keys + key;
    }
}
