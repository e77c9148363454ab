package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of texts with classes, and of words with tags. */
public final class LabelMessages {
    private LabelMessages() {}

    /**
     * There is no file at the path.
     *
     * @param expected what it should hold: {@code a text and its class in each line}
     */
    public static Problem missing(Path path, String expected) {
        return new Problem(
                path.toString(),
                "there is no such file",
                "It was looked for at " + path.toAbsolutePath().normalize() + ".\n"
                        + "Put one there with " + expected + ".\n"
                        + "docs/howto/TASKS.md says where the files of the samples are found.");
    }

    /** The first line does not name a column. */
    public static Problem noColumn(String file, String name, List<String> names) {
        return new Problem(
                file + ":1",
                "there is no column \"" + name + "\"",
                List.of(new Fact("columns", String.join("  ", names))),
                "Name one of them, or say Columns.Numbered(1, 2) where the first line is an example.");
    }

    /** A row ends before the columns that are read. */
    public static Problem fewColumns(String file, int line, int there, int needed) {
        return new Problem(
                file + ":" + line,
                "the line has too few columns",
                List.of(new Fact("columns", Counts.of(there)), new Fact("needed", Counts.of(needed))),
                "Between columns stands a tab or, in a .csv file, a comma. Mend the line, or say which columns are meant.");
    }

    /** A quoted field never ends. */
    public static Problem openQuote(String file, int line) {
        return new Problem(
                file + ":" + line, "a quote is open to the end of the file",
                "Close it, and double the quotes inside it.");
    }

    /** Something stands between a closing quote and the next comma. */
    public static Problem afterQuote(String file, int line) {
        return new Problem(
                file + ":" + line, "something stands behind a closing quote", "Double the quotes inside quotes.");
    }

    /**
     * A label is none of those that the recipe names.
     *
     * @param word where it names them: {@code classes}
     */
    public static Problem unknown(String file, int line, String label, String word, List<String> known) {
        return new Problem(
                file + ":" + line,
                "\"" + label + "\" is none of the " + word,
                List.of(new Fact(word, String.join("  ", known))),
                "Add it to the " + word + " of the recipe, or say which columns are meant: where the first line names\n"
                        + "them, Columns.Named(\"sentence\", \"label\").");
    }

    /** A text or a word is empty. */
    public static Problem empty(String file, int line) {
        return new Problem(
                file + ":" + line, "there is no text beside the label", "Write it, or remove the line.");
    }

    /** The file has no example. */
    public static Problem nothing(String file) {
        return new Problem(file, "there is no example in it", "Check that this is the file you mean.");
    }

    /** All sentences are too long. */
    public static Problem nothingLeft(String file, int maximum) {
        return new Problem(
                file,
                "no sentence is left to read",
                List.of(new Fact("maximumLength", Counts.of(maximum, "token", "tokens"))),
                "Raise maximumLength.");
    }

    /** The tokenizer makes nothing of a text. */
    public static Problem noToken(String place) {
        return new Problem(
                place, "the tokenizer makes no token of the text", "Remove the line, or choose another tokenizer.");
    }

    /** A text is longer than a batch. */
    public static Problem tooLong(String place, int length, int batch) {
        return new Problem(
                place,
                "the text does not fit into a batch",
                List.of(
                        new Fact("it", Counts.of(length, "token", "tokens")),
                        new Fact("batch", Counts.of(batch, "token", "tokens"))),
                "Make batches of " + length + " tokens or more, or set a maximum length.");
    }

    /** A held-out sentence is longer than its input has positions. */
    public static Problem longerThanPositions(String place, int length, String input, int positions, int longest) {
        return new Problem(
                place,
                "the sentence is longer than the model has positions",
                List.of(
                        new Fact("tokens", String.valueOf(length)),
                        new Fact("positions of " + input, String.valueOf(positions))),
                "Say learnedPositions(" + longest + "), or take it out of the held-out sentences.");
    }

    /** Labels were given for a model that learned none. */
    public static Problem noLabels(Path run) {
        return new Problem(
                run.toString(),
                "its recipe is not for labels",
                "--data is for models that were trained with labelledTexts(...), taggedWords(...) or pictures(...).");
    }

    /** A file of labels was given for a model whose labels stand beside what it reads. */
    public static Problem labelsStandBeside(Path run) {
        return new Problem(
                run.toString(),
                "its labels stand in the file of what it reads",
                "--labels is for pictures. Leave it out.");
    }
}
