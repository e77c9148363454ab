package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of models that speak. */
public final class SpeakingMessages {
    private SpeakingMessages() {}

    /** A recording is longer than a model can speak. */
    public static Problem longerThanPositions(String place, int length, String input, int positions) {
        return new Problem(
                place,
                "the recording is longer than the model can speak",
                List.of(
                        new Fact("positions that it needs", Counts.of(length)),
                        new Fact("positions of " + input, Counts.of(positions))),
                "Cut it, or say sinusoidal() in place of learnedPositions(), or a larger reduction.");
    }

    /** A recording is larger than a batch. */
    public static Problem tooLong(String place, int positions, int batch) {
        return new Problem(
                place,
                "the recording does not fit into a batch",
                List.of(
                        new Fact("it", Counts.of(positions, "position", "positions")),
                        new Fact("batch", Counts.of(batch, "position", "positions"))),
                "Make batches of " + positions
                        + " positions or more, or leave it out with a smaller maximumSeconds.");
    }

    /** A model that speaks was given something else than a text. */
    public static Problem saysText(Path run) {
        return new Problem(
                run.toString(), "it speaks", "Say --prompt TEXT, which it says, and --to FILE.svg for a picture.");
    }
}
