package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of files and folders that cannot be written. */
public final class WritingMessages {
    private static final String UNTOUCHED = "What was there before is untouched.";

    private WritingMessages() {}

    /** A file has the name of a folder. */
    public static Problem fileInTheWay(Path folder) {
        return new Problem(
                folder.toString(), "a file stands where a folder is to be written",
                "Move it away, or choose another name.");
    }

    /**
     * The disk cannot hold what is written.
     *
     * @param parent a folder on that disk
     * @param free how many bytes it has; empty when that is unknown
     * @param needed how many bytes are written, or 0 when that is unknown
     */
    public static Problem full(Path target, Path parent, Optional<Long> free, long needed) {
        return new Problem(
                target.toString(),
                "the disk has too little room",
                space(free, needed),
                "Make room on the disk of " + parent + ", or choose another folder.\n" + UNTOUCHED);
    }

    /**
     * Writing failed.
     *
     * @param parent the folder that is written to
     * @param free how many bytes its disk has; empty when that is unknown
     * @param needed how many bytes are written, or 0 when that is unknown
     */
    public static Problem failed(Path target, Path parent, String cause, Optional<Long> free, long needed) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("cause", cause));
        facts.addAll(space(free, needed));
        return new Problem(
                target.toString(),
                "it could not be written",
                facts,
                "Check that " + parent + " may be written to, or choose another folder.\n" + UNTOUCHED);
    }

    /** A cause: a file has the name of a folder above. */
    public static String fileAbove(String file) {
        return "a file stands at " + file + ", where a folder is needed";
    }

    /** A cause: the folder is gone. */
    public static String notMade(String file) {
        return file + " cannot be made";
    }

    /** A cause: the system does not allow it. */
    public static String denied(String file) {
        return "access denied to " + file;
    }

    /**
     * Another process writes here.
     *
     * @param process its id
     * @param doing what it does: {@code training}
     */
    public static Problem taken(Path folder, String process, String doing) {
        return new Problem(
                folder.toString(),
                "another heddle (process " + process + ") is " + doing + " here",
                "Wait until it has come to its end, or choose another folder with --out.");
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
}
