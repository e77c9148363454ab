package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
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

    /** A line has more labels than its reference, or fewer. */
    public static Problem otherLabels(String score, int line, int said, int real) {
        return new Problem(
                score,
                "a line has not as many labels as its reference",
                List.of(
                        new Fact("line", String.valueOf(line)),
                        new Fact("labels", String.valueOf(said)),
                        new Fact("in the reference", String.valueOf(real))),
                "Give one label for each of the reference, with blanks between.");
    }

    /** A tag marks no entity. */
    public static Problem noTag(int line, String tag) {
        return new Problem(
                "F1",
                "a tag has another form",
                List.of(new Fact("line", String.valueOf(line)), new Fact("tag", tag)),
                "Tags mark entities as B-kind, where one begins, I-kind inside and O outside.");
    }

    /** A text is no box. */
    public static Problem noBox(int line, String text, boolean said) {
        return new Problem(
                "mAP",
                "this is no box",
                List.of(new Fact("line", String.valueOf(line)), new Fact("text", text)),
                said
                        ? "Say kind score left top right bottom, with ; between boxes: cat 0.9 10 20 110 220."
                        : "Say kind left top right bottom, with ; between boxes: cat 10 20 110 220.");
    }

    /** No recipe says what data there is. */
    public static Problem nothingHeldOut(Path run) {
        return new Problem(
                run.toString(),
                "it was imported, and has no data of its own",
                "--held-out is for models that were trained here. Say what to measure on, with --text FILE.");
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
