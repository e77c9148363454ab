package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of texts that cannot be scored. */
public final class ScoreMessages {
    private ScoreMessages() {}

    /** There are more references, or fewer. */
    public static Problem otherReferences(String score, int hypotheses, int references) {
        return new Problem(
                score,
                "there are not as many references as hypotheses",
                List.of(
                        new Fact("hypotheses", String.valueOf(hypotheses)),
                        new Fact("references", String.valueOf(references))),
                "Give one line of references for each line that was generated, empty lines included.");
    }

    /** There is no reference for a hypothesis. */
    public static Problem noReference(String score, int line) {
        return new Problem(
                score,
                "a hypothesis has no reference",
                List.of(new Fact("line", String.valueOf(line))),
                "Give at least one reference for it.");
    }

    /** There is no token after the first. */
    public static Problem nothingToForetell(String text, long tokens) {
        return new Problem(
                text,
                "there is nothing to foretell",
                List.of(new Fact("tokens", String.valueOf(tokens))),
                "Give a text of two tokens or more: the first is only read.");
    }
}
