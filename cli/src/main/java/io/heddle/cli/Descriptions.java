package io.heddle.cli;

import io.heddle.script.Described;
import io.heddle.script.DescriptionFiles;
import java.nio.file.Path;

/** Reads the files that verbs are given. */
final class Descriptions {
    private Descriptions() {}

    /** What {@code file} describes; the compiler's warnings are told where {@code verb} is to be verbose. */
    static Described read(Verb verb, Path file) {
        var described = DescriptionFiles.read(file);
        if (verb.verbose()) described.getWarnings().forEach(verb.err()::println);
        return described;
    }
}
