package io.heddle.runtime.messages;

import io.heddle.check.Problem;

/** What is told of whole numbers that would lead outside of a table. */
public final class IndexMessages {
    private IndexMessages() {}

    /** An id is no row of its table. */
    public static Problem id(String path, int id, long place, long rows) {
        return new Problem(
                path, "id " + id + " at place " + place + " is not a row of a table of " + rows, range(rows - 1));
    }

    /** A label is none of the classes. */
    public static Problem label(String path, int label, long place, long classes) {
        return new Problem(
                path,
                "label " + label + " at place " + place + " is not one of " + classes + " classes",
                range(classes - 1) + " A negative one stands for no label.");
    }

    /** A place is none of the rows. */
    public static Problem place(String path, int place, long number, long rows) {
        return new Problem(
                path,
                "place " + place + ", number " + number + " of them, is not one of " + rows + " rows",
                range(rows - 1) + " A negative one stands for no row.");
    }

    /** A length is above the padded one. */
    public static Problem length(String path, int length, long sequence, long longest) {
        return new Problem(
                path, "length " + length + " of sequence " + sequence + " does not fit " + longest, range(longest));
    }

    /** Rows do not fit into their state. */
    public static Problem room(String path, long first, long last, long capacity) {
        return new Problem(
                path,
                "positions " + first + " to " + last + " do not fit a capacity of " + capacity,
                "Give the states a larger capacity, or stop earlier.");
    }

    private static String range(long highest) {
        return "Give whole numbers from 0 to " + highest + ".";
    }
}
