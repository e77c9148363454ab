package io.heddle.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Puts the real standard error back in place.
 *
 * <p>The launcher starts the JVM with a pipe there, which drops the JVM's warning about the Vector API, and keeps the
 * real one as the descriptor named in {@code HEDDLE_STDERR}. Started without the launcher, there is nothing to do.
 */
final class StandardError {
    private static final int STANDARD_ERROR = 2;

    private StandardError() {}

    /** Standard error in UTF-8, wherever Heddle runs. */
    static PrintWriter writer() {
        return new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    static void restore() {
        var kept = System.getenv("HEDDLE_STDERR");
        if (kept == null || kept.isEmpty()) return;
        var linker = Linker.nativeLinker();
        var twoNumbersToOne = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        var duplicate = linker.defaultLookup().find("dup2").map(dup2 -> linker.downcallHandle(dup2, twoNumbersToOne));
        if (duplicate.isEmpty()) return;
        try {
            int unused = (int) duplicate.get().invokeExact(Integer.parseInt(kept), STANDARD_ERROR);
        } catch (Throwable notRestored) {
            // The pipe still carries everything to the real standard error.
            System.err.println("heddle: standard error stays behind a pipe: " + notRestored.getMessage());
        }
    }
}
