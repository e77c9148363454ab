package io.heddle.cli;

import java.util.ArrayList;
import java.util.List;

/** When the tokens of a text came: the first of them bear that a program is still being made fast. */
final class Pace {
    private static final double NANOSECONDS = 1e9;

    private final List<Long> times = new ArrayList<>();

    /** Another one came. */
    void token() {
        times.add(System.nanoTime());
    }

    /** How many came in a second in the second half of the text; 0 where there are too few to tell. */
    double later() {
        int half = times.size() / 2;
        if (times.isEmpty() || times.getLast() <= times.get(half)) {
            return 0;
        }
        return (times.size() - 1 - half) * NANOSECONDS / (times.getLast() - times.get(half));
    }
}
