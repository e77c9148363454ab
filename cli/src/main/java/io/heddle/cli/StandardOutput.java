package io.heddle.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The standard output of the process, in UTF-8 wherever it runs.
 *
 * <p>It remembers what kept it from being written. A reader that went away ({@code heddle json x.model.kts | head}) has
 * what it wanted, so that this is no failure.
 */
final class StandardOutput {
    private final Remembering stream = new Remembering(new FileOutputStream(FileDescriptor.out));
    private final PrintWriter writer =
            new PrintWriter(new OutputStreamWriter(new BufferedOutputStream(stream), StandardCharsets.UTF_8), false);

    PrintWriter writer() {
        return writer;
    }

    /** Writes what is left, and gives the exit code of a command that ended with {@code status}. */
    int close(int status) {
        writer.flush();
        if (status != ExitCode.DONE) return status;
        return stream.failure().filter(failure -> !isClosedPipe(failure)).map(StandardOutput::tell).orElse(status);
    }

    private static boolean isClosedPipe(IOException failure) {
        var words = String.valueOf(failure.getMessage());
        return words.contains("Broken pipe") || words.contains("pipe is being closed")
                || words.contains("pipe has been ended");
    }

    private static int tell(IOException failure) {
        System.err.println("standard output: it could not be written: " + failure.getMessage());
        return ExitCode.WRONG;
    }

    private static final class Remembering extends FilterOutputStream {
        private Optional<IOException> failure = Optional.empty();

        Remembering(OutputStream stream) {
            super(stream);
        }

        Optional<IOException> failure() {
            return failure;
        }

        @Override
        public void write(byte[] bytes, int start, int count) throws IOException {
            if (failure.isPresent()) return;
            try {
                out.write(bytes, start, count);
            } catch (IOException thrown) {
                failure = Optional.of(thrown);
            }
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }
    }
}
