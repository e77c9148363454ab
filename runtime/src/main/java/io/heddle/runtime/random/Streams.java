package io.heddle.runtime.random;

import java.nio.charset.StandardCharsets;

/**
 * Numbers the random streams by name, so that every use of randomness has its own.
 *
 * <p>A name says what is drawn, as in {@code "decoder/0/attention/query/weight"} or {@code "shuffle"}. Two uses with
 * different names never share draws, and adding a use moves no other one. The numbers are part of the format of a run:
 * they must never change between releases.
 */
public final class Streams {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private Streams() {}

    /**
     * The stream of this name: FNV-1a, 64 bits, over its UTF-8 bytes.
     *
     * <p>The chance that any two of a million names meet is about 3 in 10^8. Source: Fowler, Noll, Vo; draft-eastlake-fnv.
     */
    public static long stream(String name) {
        long hash = FNV_OFFSET;
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }
}
