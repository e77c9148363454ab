package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of the metrics that a run has recorded. */
public final class MetricsMessages {
    private MetricsMessages() {}

    /** The table has other columns. */
    public static Problem otherColumns(Path path, String there, String now) {
        return new Problem(
                path.toString(),
                "the run that is resumed recorded other metrics",
                List.of(new Fact("columns there", there), new Fact("columns now", now)),
                "Resume with the recipe that the run began with, or begin a new run in another folder.");
    }

    /** A line cannot be read. */
    public static Problem noRow(Path path, int number, String line, String cause) {
        return new Problem(
                path + ":" + number,
                "this line is no row of metrics",
                List.of(new Fact("line", line), new Fact("cause", cause)),
                "Mend or delete the line.");
    }
}
