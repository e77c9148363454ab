package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of files that the system does not let be read. */
public final class ReadingMessages {
    private ReadingMessages() {}

    /** There is a file, and reading it fails. */
    public static Problem unreadable(String place, Exception cause) {
        String message = cause.getMessage();
        return new Problem(
                place,
                "the file cannot be read",
                List.of(new Fact("cause", message == null ? cause.getClass().getSimpleName() : message)),
                "Check that you may read it and that its disk is there.");
    }
}
