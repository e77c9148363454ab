package io.heddle.runtime.data.text;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ReadingMessages;
import io.heddle.runtime.messages.TextMessages;
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
            throw new ProblemsException(TextMessages.missing(path));
        }
        if (Files.isDirectory(path)) {
            throw new ProblemsException(TextMessages.folder(path));
        }
        try {
            long size = Files.size(path);
            if (size > LARGEST) {
                throw new ProblemsException(TextMessages.tooLarge(path, size, LARGEST));
            }
            return new TextFile(name, Utf8.decode(name, Files.readAllBytes(path)));
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(name, cause), cause);
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
}
