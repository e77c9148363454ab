package io.heddle.runtime.files;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What went wrong while writing, told with the free space and the need. */
final class WriteProblems {
    private static final String UNTOUCHED = "What was there before is untouched.";

    private WriteProblems() {}

    /**
     * Refuses to begin when the disk cannot hold what is to be written.
     *
     * @param parent a folder that exists, on whose disk the target lies
     */
    static void requireSpace(Path target, Path parent, long needed) throws IOException {
        long free = Files.getFileStore(parent).getUsableSpace();
        if (free < needed) {
            throw new ProblemsException(full(target, parent, Optional.of(free), needed));
        }
    }

    /** The problem of a file that has the name of a folder. */
    static Problem fileInTheWay(Path folder) {
        return new Problem(
                folder.toString(), "a file stands where a folder is to be written",
                "Move it away, or choose another name.");
    }

    /** The problem that an exception while writing stands for. */
    static ProblemsException of(Path target, Path parent, long needed, IOException cause) {
        Optional<Long> free = freeSpace(parent);
        String reason = reason(cause);
        if (saysFull(reason)) {
            return new ProblemsException(full(target, parent, free, needed), cause);
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("cause", reason));
        facts.addAll(space(free, needed));
        return new ProblemsException(
                new Problem(
                        target.toString(),
                        "it could not be written",
                        facts,
                        "Check that " + parent + " may be written to, or choose another folder.\n" + UNTOUCHED),
                cause);
    }

    private static Problem full(Path target, Path parent, Optional<Long> free, long needed) {
        return new Problem(
                target.toString(),
                "the disk has too little room",
                space(free, needed),
                "Make room on the disk of " + parent + ", or choose another folder.\n" + UNTOUCHED);
    }

    private static List<Fact> space(Optional<Long> free, long needed) {
        List<Fact> facts = new ArrayList<>();
        free.ifPresent(bytes -> facts.add(new Fact("free", ByteCount.text(bytes))));
        // Callers give 0 where they do not know.
        if (needed > 0) {
            facts.add(new Fact("needed", ByteCount.text(needed)));
        }
        return facts;
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
            case FileAlreadyExistsException file -> "a file stands at " + file.getFile() + ", where a folder is needed";
            case NoSuchFileException missing -> missing.getFile() + " cannot be made";
            case AccessDeniedException denied -> "access denied to " + denied.getFile();
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
