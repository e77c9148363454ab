package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of graphs that Heddle draws. */
public final class BlockGraphMessages {
    private BlockGraphMessages() {}

    /**
     * A graph is larger than a batch.
     *
     * @param number which graph it is, from 0
     */
    public static Problem tooLarge(int number, int nodes, int batch) {
        return new Problem(
                "graph " + number,
                "the graph does not fit into a batch",
                List.of(
                        new Fact("it", Counts.of(nodes, "node", "nodes")),
                        new Fact("batch", Counts.of(batch, "node", "nodes"))),
                "Make batches of " + nodes + " nodes or more, or smaller graphs.");
    }

    /** A file was given for a model that learned from none. */
    public static Problem noFile(Path run) {
        return new Problem(
                run.toString(),
                "it learned from graphs that Heddle draws, and reads no file",
                "The last evaluation of its training is in " + run.resolve("metrics.csv") + ".");
    }
}
