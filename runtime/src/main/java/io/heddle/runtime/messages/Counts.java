package io.heddle.runtime.messages;

import java.util.Locale;

/** Numbers as messages write them. */
public final class Counts {
    private Counts() {}

    /** A count with its noun: {@code 1 line}, {@code 50,000 lines}. */
    public static String of(long count, String one, String several) {
        return of(count) + " " + (count == 1 ? one : several);
    }

    /** A count with its thousands set apart: {@code 50,000}. */
    public static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count of bytes, to the byte: {@code 1 byte}, {@code 4096 bytes}. */
    public static String bytes(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }
}
