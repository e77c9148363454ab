package io.heddle.runtime.data;

import java.util.List;

/**
 * The fields of a row.
 *
 * @param line where it begins, from 1
 */
record Fields(int line, List<String> values) {
    static Fields betweenTabs(int line, String row) {
        return new Fields(line, List.of(row.split("\t", -1)));
    }

    /** The field of a number from 1 on, without the blanks around it. */
    String value(int number) {
        return values.get(number - 1).strip();
    }
}
