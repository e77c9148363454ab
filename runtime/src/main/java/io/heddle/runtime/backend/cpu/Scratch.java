package io.heddle.runtime.backend.cpu;

import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;

/**
 * Each thread's own piece of working memory, kept from call to call.
 *
 * <p>It holds what a kernel needs for the length of one call: a tile of attention scores, packed panels, random words.
 * There is one piece for each {@link Use}, so a kernel may call another one of a different use.
 */
final class Scratch {
    /** Who works with the memory; a use never calls itself. */
    enum Use {
        ACTIVATION,
        ATTENTION,
        EXPONENTIAL,
        PANEL,
        RANDOM,
        ROUNDED,
        ROW,
        SUMS,
        TAIL
    }

    private static final int ALIGNMENT = 64;

    private static final ThreadLocal<Map<Use, Scratch>> OF_THREAD = ThreadLocal.withInitial(() -> {
        Map<Use, Scratch> pieces = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            pieces.put(use, new Scratch());
        }
        return pieces;
    });

    private Arena arena = Arena.ofAuto();
    private long address;
    private long bytes;

    private Scratch() {}

    /**
     * The address of at least {@code count} floats, aligned to a cache line; their content is undefined. It stays valid
     * until this thread asks again for the same use.
     */
    static long floats(Use use, long count) {
        Scratch scratch = OF_THREAD.get().get(use);
        if (4 * count > scratch.bytes) {
            scratch.grow(4 * count);
        }
        return scratch.address;
    }

    private void grow(long needed) {
        // A fresh arena, so that the collector may free the piece which is too small now.
        arena = Arena.ofAuto();
        address = arena.allocate(needed, ALIGNMENT).address();
        bytes = needed;
    }
}
