package io.heddle.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells whether somebody watches. */
final class Terminal {
    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /** Whether standard error goes to a terminal, where a line can be written over. */
    static boolean showsStandardError() {
        var linker = Linker.nativeLinker();
        var numberToNumber = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        var isTerminal = Stream.of("isatty", "_isatty").map(linker.defaultLookup()::find).flatMap(Optional::stream)
                .findFirst().map(symbol -> linker.downcallHandle(symbol, numberToNumber));
        if (isTerminal.isEmpty() || "dumb".equals(System.getenv("TERM"))) return false;
        try {
            return (int) isTerminal.get().invokeExact(STANDARD_ERROR) != 0;
        } catch (Throwable unknown) {
            return false;
        }
    }
}
