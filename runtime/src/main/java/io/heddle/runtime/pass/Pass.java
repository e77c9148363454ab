package io.heddle.runtime.pass;

import io.heddle.graph.Graph;

/**
 * A rewriting of a graph into an equal one: the same outputs by name and type, the same numbers but for rounding.
 *
 * <p>A pass leaves every {@link io.heddle.graph.Op.Source} and every {@link io.heddle.graph.Op.Writer} in place: what a
 * program is given and what it keeps between runs does not depend on how well it is optimized.
 */
public interface Pass {
    /** What reports and errors call it: lower-case words. */
    String name();

    /** The rewritten graph; {@code graph} itself stays as it is. */
    Graph apply(Graph graph);
}
