package io.heddle.runtime.program;

import io.heddle.graph.Node;
import java.util.Optional;

/**
 * When a node of a program ran, by {@link System#nanoTime}.
 *
 * @param node empty for what copies an output to where it was asked for
 */
public record NodeTime(Optional<Node> node, long begun, long ended) {
    /** How long it took. */
    public long nanoseconds() {
        return ended - begun;
    }
}
