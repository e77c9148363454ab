package io.heddle.runtime.record;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.AtomicFile;
import io.heddle.runtime.files.WriteFailures;
import io.heddle.runtime.messages.ReadingMessages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A text file that grows by whole lines.
 *
 * <p>A line is handed to the operating system in one piece, so that of a killed process at most the last line is cut.
 */
final class LineFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private LineFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** The whole lines of a file; a last line without its line break is left out. None when there is no file. */
    static List<String> wholeLines(Path path) {
        if (Files.notExists(path)) {
            return List.of();
        }
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(path.toString(), cause), cause);
        }
    }

    /** Puts these lines in place of the file's, in one step, and opens it for more. */
    static LineFile begin(Path path, List<String> lines) {
        AtomicFile.writeText(path, text(lines));
        try {
            return new LineFile(path, FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException cause) {
            throw WriteFailures.of(path, path.toAbsolutePath().getParent(), 0, cause);
        }
    }

    /** Adds a line. */
    void append(String line) {
        try {
            AtomicFile.writeFully(channel, StandardCharsets.UTF_8.encode(text(List.of(line))));
        } catch (IOException cause) {
            throw WriteFailures.of(path, path.toAbsolutePath().getParent(), 0, cause);
        }
    }

    /** Brings all lines to the disk and closes the file. */
    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException cause) {
            throw WriteFailures.of(path, path.toAbsolutePath().getParent(), 0, cause);
        }
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
