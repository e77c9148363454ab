package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.RawMemory;
import java.util.Arrays;
import java.util.BitSet;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What queries see of keys, tile by tile: a tile is seen whole, or not at all, or is written out as bytes {@code [query, key]}, where 0
 * hides the key. So attention under a sparse mask takes time and memory for what is seen alone.
 *
 * <p>Tiles are {@link AttentionShape#QUERY_TILE} queries by {@value #KEYS} keys, at multiples of those.
 */
public final class MaskTiles {
    /** Keys of a tile. */
    static final int KEYS = 64;

    private static final int QUERIES = AttentionShape.QUERY_TILE;
    private static final int TILE = QUERIES * KEYS;
    private static final int HIDDEN = -1;
    private static final int SEEN = -2;

    private final int heads;
    private final int queries;
    private final int keys;
    private final int across;
    private final int down;

    /** For each head, and tile of queries, and of keys: {@link #HIDDEN}, {@link #SEEN}, or which of those written out it is. */
    private final int[] places;
    private NativeBuffer bytes;
    private int written;

    /**
     * Tiles for this many queries and keys, all hidden until {@link #write}.
     *
     * @param heads how many masks: one for each head, or one for all of them
     */
    public MaskTiles(int heads, int queries, int keys) {
        this.heads = heads;
        this.queries = queries;
        this.keys = keys;
        across = (keys + KEYS - 1) / KEYS;
        down = (queries + QUERIES - 1) / QUERIES;
        places = new int[heads * down * across];
        Arrays.fill(places, HIDDEN);
        bytes = NativeBuffer.allocate(DataType.INT8, TILE);
    }

    /** Says which keys a query of a head sees. */
    @FunctionalInterface
    public interface Rows {
        /** The keys that the query sees, from 0. */
        BitSet keys(int head, int query);
    }

    /** Puts what {@code rows} say in place of what was there. */
    public void write(Rows rows) {
        written = 0;
        BitSet[] lines = new BitSet[QUERIES];
        for (int head = 0; head < heads; head++) {
            for (int tile = 0; tile < down; tile++) {
                int first = tile * QUERIES;
                int count = Math.min(QUERIES, queries - first);
                for (int i = 0; i < count; i++) {
                    lines[i] = rows.keys(head, first + i);
                }
                for (int column = 0; column < across; column++) {
                    places[(head * down + tile) * across + column] = place(lines, count, column * KEYS);
                }
            }
        }
    }

    private int place(BitSet[] lines, int count, int first) {
        int width = Math.min(KEYS, keys - first);
        boolean seen = true;
        boolean hidden = true;
        for (int i = 0; i < count; i++) {
            int next = lines[i].nextSetBit(first);
            hidden &= next < 0 || next >= first + width;
            seen &= lines[i].nextClearBit(first) >= first + width;
        }
        if (hidden) {
            return HIDDEN;
        }
        if (seen) {
            return SEEN;
        }
        long start = room(written);
        RawMemory.clear(start, TILE);
        for (int i = 0; i < count; i++) {
            int last = first + width;
            for (int key = lines[i].nextSetBit(first); key >= 0 && key < last; key = lines[i].nextSetBit(key + 1)) {
                RawMemory.writeByte(start + (long) i * KEYS + key - first, (byte) 1);
            }
        }
        return written++;
    }

    /** The address of tile {@code number}, which there is room for then. */
    private long room(int number) {
        long needed = (number + 1L) * TILE;
        if (needed > bytes.elements()) {
            NativeBuffer larger = NativeBuffer.allocate(DataType.INT8, 2 * needed);
            RawMemory.copy(bytes.address(), larger.address(), (long) number * TILE);
            bytes = larger;
        }
        return bytes.address() + (long) number * TILE;
    }

    /** Whether no query of the tile of {@code query} sees a key of the tile of {@code key}. */
    boolean hides(int head, int query, int key) {
        return place(head, query, key) == HIDDEN;
    }

    /** The address of the byte for a query and a key, at a multiple of {@link #KEYS}; 0 where all of the tile is seen. */
    long bytes(int head, int query, int key) {
        int place = place(head, query, key);
        return place == SEEN ? 0 : bytes.address() + (long) place * TILE + (long) (query % QUERIES) * KEYS;
    }

    private int place(int head, int query, int key) {
        int mask = heads == 1 ? 0 : head;
        return places[(mask * down + query / QUERIES) * across + key / KEYS];
    }
}
