package io.heddle.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Reads the version that the build wrote beside this class. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"heddle " + number()};
    }

    /** The number alone. */
    static String number() {
        var properties = new Properties();
        try (var stream = Version.class.getResourceAsStream("version.properties")) {
            properties.load(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }
}
