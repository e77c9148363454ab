package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of files that are to be read as text. */
public final class TextMessages {
    private TextMessages() {}

    /** There is no file at the path. */
    public static Problem missing(Path path) {
        return new Problem(
                path.toString(), "there is no such file",
                "It was looked for at " + path.toAbsolutePath().normalize() + ".");
    }

    /** There is a folder at the path. */
    public static Problem folder(Path path) {
        return new Problem(path.toString(), "this is a folder, and a file is needed", "Name a file inside it.");
    }

    /** The file is larger than an array can be. */
    public static Problem tooLarge(Path path, long bytes, long most) {
        return new Problem(
                path.toString(),
                "the file holds " + Counts.of(bytes, "byte", "bytes") + ", and at most " + Counts.of(most)
                        + " can be read",
                "Split it into several files; a text data set may have many.");
    }

    /** There is nothing in the file. */
    public static Problem empty(String name) {
        return new Problem(name, "the file is empty", "Put text into it, or name another file.");
    }

    /** The file holds NUL bytes. */
    public static Problem binary(String name, long count, long first) {
        return new Problem(
                name,
                "the file is binary, not text",
                List.of(new Fact("NUL bytes", Counts.of(count)), new Fact("the first at byte", Counts.of(first))),
                "Name a text file in UTF-8. Text saved as UTF-16 has NUL bytes too: save it again as UTF-8.");
    }

    /**
     * The file holds bytes that are no UTF-8.
     *
     * @param line of the first of them
     * @param offset where it is in the file
     * @param octet what it is
     * @param places how many such places there are
     */
    public static Problem notUtf8(String name, int line, long offset, byte octet, long places) {
        return new Problem(
                name + ":" + line,
                "the text is not UTF-8 here",
                List.of(
                        new Fact("byte offset", Counts.of(offset)),
                        new Fact("byte", String.format("0x%02X", octet & 0xFF)),
                        new Fact("such places", Counts.of(places))),
                "Save the file as UTF-8. If it was written as Latin-1: iconv -f ISO-8859-1 -t UTF-8 " + name
                        + " > NEW");
    }
}
