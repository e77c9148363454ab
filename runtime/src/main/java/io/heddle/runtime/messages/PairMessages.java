package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;
import java.util.OptionalInt;

/** What is told of pairs of a source and its target. */
public final class PairMessages {
    private PairMessages() {}

    /** The two files have not as many lines. */
    public static Problem otherLines(String source, int sources, String target, int targets) {
        return new Problem(
                source,
                "its translations are another number of lines",
                List.of(
                        new Fact("lines of " + source, Counts.of(sources)),
                        new Fact("lines of " + target, Counts.of(targets))),
                "Line n of one file must translate line n of the other: look for a line too many or too few.");
    }

    /** The alignments are not as many lines as the sources. */
    public static Problem otherAlignments(String source, int sources, String alignments, int lines) {
        return new Problem(
                alignments,
                "its alignments are another number of lines",
                List.of(
                        new Fact("lines of " + source, Counts.of(sources)),
                        new Fact("lines of " + alignments, Counts.of(lines))),
                "Line n must align line n of the other files: a pair without links has an empty line.");
    }

    /**
     * A link that is written otherwise, or is of a word that is not there.
     *
     * @param sources how many words the source has
     * @param targets how many words the target has
     */
    public static Problem noLink(String file, int line, String link, int sources, int targets) {
        return new Problem(
                file + ":" + line,
                "it links no words of this pair",
                List.of(
                        new Fact("link", link),
                        new Fact("words of the source", Counts.of(sources)),
                        new Fact("words of the target", Counts.of(targets))),
                "A link is a word of the source, a hyphen and a word of the target, from 0: 0-0 1-2. Look for other\n"
                        + "files, or for sides that were exchanged.");
    }

    /** A line has no tab, or several. */
    public static Problem noPair(String file, int line, long tabs) {
        return new Problem(
                file + ":" + line,
                "the line is no pair",
                List.of(new Fact("tabs", Counts.of(tabs))),
                "Write the source, one tab and the target.");
    }

    /** There is a target alone. */
    public static Problem emptySource(String file, int line) {
        return empty(file, line, "the source is empty");
    }

    /** There is a source alone. */
    public static Problem emptyTarget(String file, int line) {
        return empty(file, line, "the target is empty");
    }

    /** There is neither. */
    public static Problem bothEmpty(String file, int line) {
        return empty(file, line, "both sides are empty");
    }

    /** What is read is not cut into words, and is cut otherwise than what is written. */
    public static Problem copiesOtherTokens() {
        return new Problem(
                "pairs",
                "what is copied means another thing where it is written",
                "copyFrom needs words on both sides, as Tokenization.Words(minimum = 2) cuts them, or one vocabulary.");
    }

    private static Problem empty(String file, int line, String title) {
        return new Problem(
                file + ":" + line, title, "Write both sides, remove the pair, or have empty ones skipped.");
    }

    /** All pairs were skipped. */
    public static Problem nothing(String file, int skipped) {
        return new Problem(
                file,
                "there is no pair with text on both sides",
                List.of(new Fact("pairs skipped", Counts.of(skipped))),
                "Check that these are the files you mean.");
    }

    /**
     * All pairs were left out.
     *
     * @param maximum the length above which they were; empty where there is none
     */
    public static Problem nothingLeft(String file, int withoutToken, int tooLong, OptionalInt maximum) {
        String which = maximum.isPresent() ? ", which is " + maximum.getAsInt() : "";
        return new Problem(
                file,
                "no pair is left to read",
                List.of(
                        new Fact("pairs without a token", Counts.of(withoutToken)),
                        new Fact("pairs too long", Counts.of(tooLong))),
                "Raise the maximum length" + which + ".");
    }

    /**
     * A tokenizer has no token that pairs need.
     *
     * @param side whose tokenizer: {@code source}
     * @param name which token: {@code begin}
     * @param usual what it is usually called
     */
    public static Problem noSpecial(String side, String name, List<String> usual) {
        return new Problem(
                "tokenizer",
                "the " + side + " tokenizer has no " + name + " token",
                List.of(new Fact("names looked for", String.join("  ", usual))),
                "Pairs need one: use a tokenizer of words or characters, or a tokenizer.json that has a token of such a\n"
                        + "name, or a tokenizer_config.json beside it that says another.");
    }

    /** A pair is longer than a batch. */
    public static Problem tooLong(String place, int length, int batch) {
        return new Problem(
                place,
                "the pair does not fit into a batch",
                List.of(
                        new Fact("its longer side", Counts.of(length, "token", "tokens")),
                        new Fact("batch", Counts.of(batch, "token", "tokens"))),
                "Make batches of " + length + " tokens or more, or set a maximum length.");
    }

    /**
     * A target is longer than a classifier foretells.
     *
     * @param what is more: {@code tokens of the target}
     * @param wanted how many classes there must be for all pairs
     */
    public static Problem notForetold(String place, String what, int count, String head, int classes, int wanted) {
        return new Problem(
                place,
                "the target is longer than the model foretells",
                List.of(new Fact(what, String.valueOf(count)), new Fact("classes of " + head, String.valueOf(classes))),
                "Class n says n, the end token included. Say classes = " + wanted + ", or leave out longer pairs.");
    }

    /**
     * A side of a pair is longer than its input has positions.
     *
     * @param side which: {@code source}
     * @param longest the length of the longest sequence of the data
     */
    public static Problem longerThanPositions(
            String place, String side, int length, String input, int positions, int longest) {
        return new Problem(
                place,
                "the " + side + " is longer than the model has positions",
                List.of(
                        new Fact("tokens", length + ", with its begin or end token"),
                        new Fact("positions of " + input, String.valueOf(positions))),
                "Shorten it or leave it out, or say learnedPositions(" + longest + ").");
    }
}
