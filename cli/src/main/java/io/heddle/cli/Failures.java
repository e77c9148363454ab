package io.heddle.cli;

import io.heddle.check.ProblemsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** The one place where what was thrown becomes what is read. */
final class Failures {
    private Failures() {}

    /**
     * Tells what was thrown, and gives the exit code for it.
     *
     * @param verbose whether to show where it was thrown, too
     */
    static int tell(Throwable thrown, PrintWriter err, boolean verbose) {
        err.println(words(thrown, verbose));
        if (verbose) thrown.printStackTrace(err);
        err.flush();
        return ExitCode.WRONG;
    }

    private static String words(Throwable thrown, boolean verbose) {
        return switch (thrown) {
            case ProblemsException told -> told.getMessage();
            case OutOfMemoryError full -> "heddle: there is not enough memory (" + full.getMessage() + ").\n"
                    + "  Try a smaller batch, a shorter context or a narrower model; JAVA_TOOL_OPTIONS=-Xmx8g allows 8 GB of heap.";
            case UncheckedIOException unreadable -> file(unreadable.getCause());
            case IOException unreadable -> file(unreadable);
            default -> defect(thrown, verbose);
        };
    }

    private static String file(IOException failed) {
        if (failed instanceof FileSystemException of && of.getReason() != null) {
            return of.getFile() + ": " + of.getReason();
        }
        return "heddle: a file could not be read or written: " + failed.getClass().getSimpleName() + ": "
                + failed.getMessage();
    }

    private static String defect(Throwable thrown, boolean verbose) {
        var first = String.valueOf(thrown).lines().findFirst().orElse("");
        var more = verbose
                ? "Please report it with what follows."
                : "--verbose shows where it happened; please report it with that.";
        return "heddle: this is a defect of Heddle: " + first + "\n  " + more;
    }
}
