package io.heddle.runtime.files;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.WritingMessages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What went wrong while writing, told with the free space and the need. */
public final class WriteFailures {
    private WriteFailures() {}

    /**
     * Refuses to begin when the disk cannot hold what is to be written.
     *
     * @param parent a folder that exists, on whose disk the target lies
     */
    static void requireSpace(Path target, Path parent, long needed) throws IOException {
        FileStore disk = Files.getFileStore(parent);
        long free = disk.getUsableSpace();
        // What has no room at all is no disk: writing tells what it is.
        if (free < needed && disk.getTotalSpace() > 0) {
            throw new ProblemsException(WritingMessages.full(target, parent, Optional.of(free), needed));
        }
    }

    /**
     * The problem that an exception while writing stands for.
     *
     * @param parent the folder that is written to
     * @param needed how many bytes were to be written, or 0 when unknown
     */
    public static ProblemsException of(Path target, Path parent, long needed, IOException cause) {
        Optional<Long> free = freeSpace(parent);
        String reason = reason(cause);
        if (saysFull(reason)) {
            return new ProblemsException(WritingMessages.full(target, parent, free, needed), cause);
        }
        return new ProblemsException(WritingMessages.failed(target, parent, reason, free, needed), cause);
    }

    /**
     * The problem that a disk has no room left for a file.
     *
     * @param parent the folder that is written to
     */
    public static ProblemsException full(Path target, Path parent, Exception cause) {
        return new ProblemsException(WritingMessages.full(target, parent, freeSpace(parent), 0), cause);
    }

    /**
     * The problem that a file cannot be written.
     *
     * @param parent the folder that is written to
     * @param reason what the one who tried says of it
     */
    public static ProblemsException failed(Path target, Path parent, String reason, Exception cause) {
        return new ProblemsException(WritingMessages.failed(target, parent, reason, freeSpace(parent), 0), cause);
    }

    private static Optional<Long> freeSpace(Path parent) {
        try {
            return Optional.of(Files.getFileStore(parent).getUsableSpace());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static boolean saysFull(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return Stream.of("no space left", "not enough space", "quota exceeded").anyMatch(lower::contains);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case FileAlreadyExistsException file -> WritingMessages.fileAbove(file.getFile());
            case NoSuchFileException missing -> WritingMessages.notMade(missing.getFile());
            case AccessDeniedException denied -> WritingMessages.denied(denied.getFile());
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
