package io.heddle.runtime.files;

import io.heddle.check.ProblemsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file in one step.
 *
 * <p>The new content goes to {@code <name>.partial-<process id>} beside the target, is brought to the disk (fsync), and
 * is moved over the target by the file system's atomic rename. At every moment the target's name holds the old content
 * whole or the new content whole, or nothing when there was none before.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Body {
        /** Writes all of the content to a channel that stands at the start of an empty file. */
        void write(FileChannel channel) throws IOException;
    }

    /**
     * Puts this text, in UTF-8, in a file's place.
     *
     * @throws ProblemsException as {@link #write} does
     */
    public static void writeText(Path target, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        write(target, bytes.remaining(), channel -> writeFully(channel, bytes));
    }

    /** Writes all of what remains: a channel may take less than it is given. */
    public static void writeFully(FileChannel channel, ByteBuffer remaining) throws IOException {
        while (remaining.hasRemaining()) {
            channel.write(remaining);
        }
    }

    /**
     * Writes a file and moves it into place; folders above it are made when they are missing.
     *
     * @param needed how many bytes will be written, or 0 when unknown; refused at once when the disk has less room
     * @throws ProblemsException when it cannot be written, naming the cause, the free space and the need; the target is
     *     then as it was, and nothing is left beside it
     * @throws IllegalStateException when another thread of this process is writing the same target
     */
    public static void write(Path target, long needed, Body body) {
        Path absolute = target.toAbsolutePath();
        Path parent = absolute.getParent();
        try {
            Files.createDirectories(parent);
            try (Partial partial = Partial.claim(absolute)) {
                WriteFailures.requireSpace(target, parent, needed);
                try (FileChannel channel = FileChannel.open(
                        partial.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    body.write(channel);
                    channel.force(true);
                }
                Files.move(partial.path(), absolute, StandardCopyOption.ATOMIC_MOVE);
                FolderTree.syncNames(parent);
            }
        } catch (IOException cause) {
            throw WriteFailures.of(target, parent, needed, cause);
        }
    }
}
