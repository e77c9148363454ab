package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * How attention walks over a tile of scores, some queries by some keys: which of it is seen, and what is hidden of it.
 *
 * <p>Rows of a tile are padded to whole vectors. What a query does not see is minus infinity, so its weight is exactly 0 and
 * the loops over a row need neither masks nor tails.
 */
final class ScoreTile {
    /** Keys of a tile at most: whole rows where sequences are short, and the second cache where they are long. */
    private static final int KEYS = 256;

    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ScoreTile() {}

    /** How many keys a tile holds: whole vectors of them. */
    static int keysAtOnce(AttentionShape shape, AttentionMask mask) {
        return Math.min(mask.tiles().isPresent() ? MaskTiles.KEYS : KEYS, up(Math.max(1, shape.keys())));
    }

    /** The first index of the vector that holds {@code index}. */
    static int down(int index) {
        return index - index % LANES;
    }

    /** The first index after {@code index} where a vector begins. */
    static int up(int index) {
        return down(index + LANES - 1);
    }

    /**
     * One past the last row, of {@code rows}, that sees the same whole vectors of a tile as {@code row}, and as all between: they
     * are worked on together.
     *
     * @param first the query of the tile's first row
     * @param key the first key of the tile, which is {@code width} wide
     */
    static int endOfAlike(AttentionMask mask, int keyLength, int first, int row, int rows, int key, int width) {
        int begin = down(mask.seenFrom(first + row, key, width));
        int end = up(mask.seenTo(first + row, keyLength, key, width));
        int next = row + 1;
        while (next < rows
                && down(mask.seenFrom(first + next, key, width)) == begin
                && up(mask.seenTo(first + next, keyLength, key, width)) == end) {
            next++;
        }
        return next;
    }

    /**
     * Hides of a row what lies outside {@code [from, to)}, as far as whole vectors around it reach, and what the bytes at
     * {@code allowed} hide inside of it. Nothing is hidden by bytes where {@code allowed} is 0.
     */
    static void hide(long row, int from, int to, long allowed) {
        setBefore(row, from, Float.NEGATIVE_INFINITY);
        setAfter(row, to, Float.NEGATIVE_INFINITY);
        if (allowed != 0) {
            hideByBytes(row, from, to, allowed);
        }
    }

    /** Writes {@code value} to what lies before {@code from} in its vector. */
    static void setBefore(long row, int from, float value) {
        int lanes = from % LANES;
        if (lanes != 0) {
            long vector = row + 4L * (from - lanes);
            fromMemorySegment(FLOATS, ALL, vector, NATIVE)
                    .blend(value, FLOATS.indexInRange(0, lanes))
                    .intoMemorySegment(ALL, vector, NATIVE);
        }
    }

    /** Writes {@code value} to what lies from {@code to} on in its vector. */
    static void setAfter(long row, int to, float value) {
        int lanes = to % LANES;
        if (lanes != 0) {
            // One whole vector: what is written in parts cannot be read as a whole until it has left the core's buffers.
            long vector = row + 4L * (to - lanes);
            FloatVector.broadcast(FLOATS, value)
                    .blend(fromMemorySegment(FLOATS, ALL, vector, NATIVE), FLOATS.indexInRange(0, lanes))
                    .intoMemorySegment(ALL, vector, NATIVE);
        }
    }

    private static void hideByBytes(long row, int from, int to, long allowed) {
        int column = from;
        for (; column + 8 <= to; column += 8) {
            long bytes = eight(allowed + column);
            if (((bytes - LOW_BITS) & ~bytes & HIGH_BITS) != 0) {
                // At least one of the eight is 0.
                hideEach(row, column, column + 8, allowed);
            }
        }
        hideEach(row, column, to, allowed);
    }

    private static void hideEach(long row, int from, int to, long allowed) {
        for (int column = from; column < to; column++) {
            if (Memory.getByte(allowed + column) == 0) {
                Memory.put(at(row, column), Float.NEGATIVE_INFINITY);
            }
        }
    }

    private static long eight(long address) {
        return Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }
}
