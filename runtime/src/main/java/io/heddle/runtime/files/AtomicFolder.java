package io.heddle.runtime.files;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.WritingMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Replaces a folder, such as a checkpoint, so that a kill at any moment leaves the old one or the new one whole.
 *
 * <p>No file system call that Java offers exchanges two folders, so the names pass through these states:
 *
 * <pre>
 *   write and fsync   name (old)                     name.partial-&lt;process id&gt; (growing)
 *   rename            name (old)                     name.next (new, whole)
 *   rename            name.previous (old, whole)     name.next (new, whole)
 *   rename            name (new)                     name.previous (old, whole)
 *   delete            name (new)
 * </pre>
 *
 * <p>A folder is given the name {@code name.next} only when it is whole. {@link #find} looks under all three names; the
 * next {@link #write} finishes an interrupted exchange and removes what dead processes left.
 */
public final class AtomicFolder {
    private AtomicFolder() {}

    /** Writes the content of a folder. */
    @FunctionalInterface
    public interface Body {
        /** Writes all files into an empty folder. */
        void write(Path folder) throws IOException;
    }

    /**
     * Writes a folder and exchanges it for the one of this name; folders above it are made when they are missing.
     *
     * @param needed how many bytes will be written, or 0 when unknown; refused at once when the disk has less room
     * @throws ProblemsException when it cannot be written, naming the cause, the free space and the need; the old folder
     *     is then as it was, and nothing of the new one is left
     * @throws IllegalStateException when another thread of this process is writing the same folder
     */
    public static void write(Path folder, long needed, Body body) {
        Path absolute = folder.toAbsolutePath();
        Path parent = absolute.getParent();
        if (Files.isRegularFile(absolute)) {
            throw new ProblemsException(WritingMessages.fileInTheWay(folder));
        }
        try {
            Files.createDirectories(parent);
            try (Partial partial = Partial.claim(absolute)) {
                exchange(absolute);
                WriteFailures.requireSpace(folder, parent, needed);
                Files.createDirectory(partial.path());
                body.write(partial.path());
                FolderTree.sync(partial.path());
                move(partial.path(), next(absolute));
                exchange(absolute);
            }
        } catch (IOException cause) {
            throw WriteFailures.of(folder, parent, needed, cause);
        }
    }

    /**
     * The newest whole folder written under this name; empty when there is none.
     *
     * <p>It is the folder itself, unless a process was killed while exchanging it.
     */
    public static Optional<Path> find(Path folder) {
        return Stream.of(next(folder), folder, previous(folder)).filter(Files::isDirectory).findFirst();
    }

    /** Brings the names to their last state from whichever they are in. */
    private static void exchange(Path folder) throws IOException {
        if (Files.exists(next(folder))) {
            if (Files.exists(folder)) {
                FolderTree.delete(previous(folder));
                move(folder, previous(folder));
            }
            move(next(folder), folder);
        } else if (Files.notExists(folder) && Files.exists(previous(folder))) {
            move(previous(folder), folder);
        }
        FolderTree.delete(previous(folder));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        FolderTree.syncNames(to.toAbsolutePath().getParent());
    }

    private static Path next(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".next");
    }

    private static Path previous(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".previous");
    }
}
