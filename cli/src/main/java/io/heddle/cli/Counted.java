package io.heddle.cli;

import java.util.Locale;

/** How many there are of something, in words. */
final class Counted {
    private Counted() {}

    /** {@code 1 step}, {@code 2,000 steps}. */
    static String of(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
