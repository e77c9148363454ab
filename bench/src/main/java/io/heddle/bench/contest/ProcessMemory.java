package io.heddle.bench.contest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of the memory of this process, in bytes. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIBI = 1024;

    private ProcessMemory() {}

    /** What it holds now. */
    static long now() {
        return bytes("VmRSS:");
    }

    /** The most that it ever held. */
    static long most() {
        return bytes("VmHWM:");
    }

    private static long bytes(String word) {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(word))
                    .mapToLong(line -> KIBI * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
