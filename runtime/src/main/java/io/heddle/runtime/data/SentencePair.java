package io.heddle.runtime.data;

import java.util.Optional;

/**
 * Two sentences that mean the same.
 *
 * @param line the line of their file or files, from 1
 * @param alignment which of their words belong together; empty where nothing says it
 */
public record SentencePair(int line, String source, String target, Optional<Alignment> alignment) {
    /** Two sentences of whose words nothing more is known. */
    public SentencePair(int line, String source, String target) {
        this(line, source, target, Optional.empty());
    }
}
