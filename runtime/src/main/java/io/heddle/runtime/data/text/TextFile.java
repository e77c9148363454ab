package io.heddle.runtime.data.text;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of UTF-8 text, read whole.
 *
 * @param name the path as the user wrote it, for problems
 * @param text what it holds, line ends as they are, without a byte order mark
 */
public record TextFile(String name, String text) {
    // One less than what the JVM grants for an array on every platform.
    private static final long LARGEST = Integer.MAX_VALUE - 8L;

    /**
     * Reads one file.
     *
     * @throws ProblemsException when it is missing, a folder, unreadable, empty, binary or not UTF-8
     */
    public static TextFile read(Path path) {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw new ProblemsException(new Problem(name, "there is no such file",
                    "It was looked for at " + path.toAbsolutePath().normalize() + "."));
        }
        if (Files.isDirectory(path)) {
            throw new ProblemsException(
                    new Problem(name, "this is a folder, and a file is needed", "Name a file inside it."));
        }
        try {
            long size = Files.size(path);
            if (size > LARGEST) {
                throw new ProblemsException(new Problem(name,
                        "the file holds " + Counts.of(size, "byte", "bytes") + ", and at most " + Counts.of(LARGEST)
                                + " can be read",
                        "Split it into several files; a text data set may have many."));
            }
            return new TextFile(name, Utf8.decode(name, Files.readAllBytes(path)));
        } catch (IOException cause) {
            throw new ProblemsException(new Problem(name, "the file cannot be read: " + reason(cause),
                    "Check that you may read it and that its disk is there."), cause);
        }
    }

    /**
     * Reads several files.
     *
     * @throws ProblemsException with the problems of all of them
     */
    public static List<TextFile> readAll(List<Path> paths) {
        List<TextFile> files = new ArrayList<>();
        ProblemList problems = new ProblemList();
        for (Path path : paths) {
            try {
                files.add(read(path));
            } catch (ProblemsException thrown) {
                problems.addAll(thrown);
            }
        }
        problems.throwIfAny();
        return List.copyOf(files);
    }

    /**
     * The lines without their ends ({@code \n} or {@code \r\n}). What follows the last {@code \n} counts as a line only
     * when it is not empty. Other Unicode line separators do not end a line, as in {@code wc -l}.
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? text.length() : end;
            boolean carriageReturn = stop > start && text.charAt(stop - 1) == '\r';
            lines.add(text.substring(start, carriageReturn ? stop - 1 : stop));
            start = stop + 1;
        }
        return List.copyOf(lines);
    }

    /** Where this text begins. */
    public TextOrigin origin() {
        return TextOrigin.startOf(name);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
