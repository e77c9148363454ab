package io.heddle.runtime.backend.cpu;

import java.util.Optional;

/**
 * Which keys a query sees: all that every one of its conditions lets it see. Query i stands at position {@code offset + i}
 * and key j at position j.
 *
 * @param offset the position of the first query: the number of keys cached before it
 * @param left how far back a query sees; {@link #UNLIMITED} for all the way
 * @param right how far ahead a query sees: 0 is causal, {@link #UNLIMITED} all the way
 * @param keyLengths the address of one 32-bit number of keys for each of the batch, beyond which no key is seen or read; 0
 *     for none
 * @param tiles what else hides keys, of every row of the batch alike
 */
public record AttentionMask(
        int offset, int left, int right, long keyLengths, Optional<MaskTiles> tiles) {
    /** A reach without an end. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Every query sees every key. */
    public static final AttentionMask NONE = new AttentionMask(0, UNLIMITED, UNLIMITED, 0, Optional.empty());

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
        return new AttentionMask(offset, left, right, keyLengths, tiles);
    }

    /** The same with no farther a reach than {@code left} back and {@code right} ahead. */
    public AttentionMask within(int left, int right) {
        return new AttentionMask(
                offset, Math.min(this.left, left), Math.min(this.right, right),
                keyLengths, tiles);
    }

    /** The same with a number of keys for each of the batch. */
    public AttentionMask lengths(long keyLengths) {
        return new AttentionMask(offset, left, right, keyLengths, tiles);
    }

    /** The same, and what the tiles hide. */
    public AttentionMask under(MaskTiles tiles) {
        return new AttentionMask(offset, left, right, keyLengths, Optional.of(tiles));
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

    /** Of a tile that begins at {@code key}, the first of {@code width} keys that {@code query} may see. */
    int seenFrom(int query, int key, int width) {
        return Math.clamp(first(query) - (long) key, 0, width);
    }

    /** One past the last key of such a tile that {@code query} may see of {@code keyLength}, but not before the first one. */
    int seenTo(int query, int keyLength, int key, int width) {
        return Math.clamp(end(query, keyLength) - (long) key, seenFrom(query, key, width), width);
    }

    /** The key at which the tiles that {@code query} may see begin. */
    int start(int query) {
        int first = first(query);
        return tiles.isPresent() ? first - first % MaskTiles.KEYS : first;
    }

    /** The address of the byte for a query and a key where a tile begins; 0 where no byte hides anything. */
    long bytes(int head, int query, int key) {
        return tiles.isPresent() ? tiles.get().bytes(head, query, key) : 0;
    }

    /** Whether the tile that begins at {@code key} is hidden from the tile of queries that begins at {@code query}. */
    boolean hidesAll(int head, int query, int key) {
        return tiles.isPresent() && tiles.get().hides(head, query, key);
    }
}
