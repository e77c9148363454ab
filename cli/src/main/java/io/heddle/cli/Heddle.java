package io.heddle.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code heddle} command. */
@Command(
        name = "heddle",
        description = "Describe, check, train and run transformer models.",
        mixinStandardHelpOptions = true,
        versionProvider = Heddle.Version.class)
public final class Heddle implements Runnable {
    public static void main(String[] arguments) {
        StandardError.restore();
        System.exit(new CommandLine(new Heddle()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Reads the version that the build wrote beside this class. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var properties = new Properties();
            try (var stream = Heddle.class.getResourceAsStream("version.properties")) {
                properties.load(stream);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return new String[] {"heddle " + properties.getProperty("version")};
        }
    }
}
