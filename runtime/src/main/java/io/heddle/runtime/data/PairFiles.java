package io.heddle.runtime.data;

import java.nio.file.Path;

/** Where sentence pairs are kept. */
public sealed interface PairFiles {
    /** Line n of one file is translated by line n of the other. */
    record TwoFiles(Path source, Path target) implements PairFiles {}

    /** One pair a line: source, one tab, target. */
    record TabSeparated(Path file) implements PairFiles {}

    /** Two files, and in line n of a third one which of their words belong together; see {@link Alignment}. */
    record Aligned(Path source, Path target, Path alignments) implements PairFiles {}
}
