package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.DataMessages;

/** Refuses sizes that no data set can have. */
final class Sizes {
    private Sizes() {}

    static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new ProblemsException(DataMessages.notPositive(name, value));
        }
    }

    /** The smallest multiple of {@code multiple} that is at least {@code length}. */
    static int roundUp(int length, int multiple) {
        return Math.multiplyExact(Math.ceilDiv(length, multiple), multiple);
    }
}
