package io.heddle.runtime.backend.cpu;

/**
 * Which keys a query sees: all that every one of its conditions lets it see. Query i stands at position {@code offset + i}
 * and key j at position j.
 *
 * @param offset the position of the first query: the number of keys cached before it
 * @param left how far back a query sees; {@link #UNLIMITED} for all the way
 * @param right how far ahead a query sees: 0 is causal, {@link #UNLIMITED} all the way
 * @param keyLengths the address of one 32-bit number of keys for each of the batch, beyond which no key is seen or read; 0
 *     for none
 * @param allowed the address of bytes {@code [queries, keys]}, where 0 hides the key and anything else does not; 0 for none
 * @param allowedBatchStride bytes from one of the batch to the next in {@code allowed}; 0 where all share it
 * @param allowedHeadStride bytes from one head to the next in {@code allowed}; 0 where all share it
 */
public record AttentionMask(
        int offset, int left, int right, long keyLengths, long allowed, long allowedBatchStride,
        long allowedHeadStride) {
    /** A reach without an end. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Every query sees every key. */
    public static final AttentionMask NONE = new AttentionMask(0, UNLIMITED, UNLIMITED, 0, 0, 0, 0);

    /** Every query sees its own position and what came before. */
    public static final AttentionMask CAUSAL = NONE.within(UNLIMITED, 0);

    public AttentionMask {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "left = " + left + " and right = " + right + " must not be negative.");
        }
    }

    /** The same with queries from position {@code offset} on. */
    public AttentionMask from(int offset) {
        return new AttentionMask(offset, left, right, keyLengths, allowed, allowedBatchStride, allowedHeadStride);
    }

    /** The same with no farther a reach than {@code left} back and {@code right} ahead. */
    public AttentionMask within(int left, int right) {
        return new AttentionMask(
                offset, Math.min(this.left, left), Math.min(this.right, right),
                keyLengths, allowed, allowedBatchStride, allowedHeadStride);
    }

    /** The same with a number of keys for each of the batch. */
    public AttentionMask lengths(long keyLengths) {
        return new AttentionMask(offset, left, right, keyLengths, allowed, allowedBatchStride, allowedHeadStride);
    }

    /** The same with bytes {@code [queries, keys]} for all heads of all the batch. */
    public AttentionMask allowing(long allowed) {
        return new AttentionMask(offset, left, right, keyLengths, allowed, 0, 0);
    }

    /** The same with bytes {@code [queries, keys]} for each head of all the batch, this many bytes from one head to the next. */
    AttentionMask allowing(long allowed, long headStride) {
        return new AttentionMask(offset, left, right, keyLengths, allowed, 0, headStride);
    }

    int keyLength(AttentionShape shape, int row) {
        if (keyLengths == 0) {
            return shape.keys();
        }
        return Math.clamp(Memory.getInt(Memory.at(keyLengths, row)), 0, shape.keys());
    }

    /** The first key that {@code query} may see. */
    int first(int query) {
        return (int) Math.max(0L, (long) offset + query - left);
    }

    /** One past the last key that {@code query} may see of {@code keyLength}. */
    int end(int query, int keyLength) {
        return (int) Math.min(keyLength, (long) offset + query + right + 1);
    }

    /** The address of the byte for a query and a key; 0 where there are no bytes. */
    long bytes(AttentionShape shape, int row, int head, int query, int key) {
        if (allowed == 0) {
            return 0;
        }
        return allowed + row * allowedBatchStride + head * allowedHeadStride + (long) query * shape.keys() + key;
    }

    /** Whether bytes hide all of {@code width} keys from all of {@code count} queries. */
    boolean hidesAll(AttentionShape shape, int row, int head, int query, int count, int key, int width) {
        return allowed != 0
                && ScoreTile.hidesAll(bytes(shape, row, head, query, key), shape.keys(), count, width);
    }
}
