package io.heddle.cli;

import java.nio.file.Path;

/** Where runs are kept when nobody says where. */
final class RunFolders {
    private RunFolders() {}

    /** {@code runs/NAME}, with a dash for what would stand for another place, or that some system would not take. */
    static Path usual(String name) {
        return Path.of("runs", name.replaceAll("[^\\w.-]", "-").replaceAll("^\\.+", "-"));
    }
}
