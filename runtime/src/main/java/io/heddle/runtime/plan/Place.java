package io.heddle.runtime.plan;

/** A piece of the arena, for one value or for several that follow one another in place. */
final class Place {
    private final long bytes;
    private final int first;
    private int last;
    private long offset;

    Place(long bytes, int first, int last) {
        this.bytes = bytes;
        this.first = first;
        this.last = last;
    }

    long bytes() {
        return bytes;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** Hands the place on to a value that is needed until then. */
    void extend(int newLast) {
        last = newLast;
    }

    long offset() {
        return offset;
    }

    void settle(long newOffset) {
        offset = newOffset;
    }

    boolean overlaps(Place other) {
        return first <= other.last && other.first <= last;
    }
}
