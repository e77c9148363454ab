package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.GraphVerifier;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes in the order in which they run; the graph is verified after each.
 *
 * <p>Fusion comes before differentiation, for the fused ops have gradients of their own:
 *
 * <pre>
 *   lowering -> beforeDifferentiation() -> Gradients -> afterDifferentiation() -> program
 * </pre>
 *
 * @param passes the passes, first to last
 */
public record Passes(List<Pass> passes) {
    public Passes {
        passes = List.copyOf(passes);
    }

    /** For a graph fresh from lowering, whether it will be differentiated or not. */
    public static Passes beforeDifferentiation() {
        return new Passes(List.of(
                new DeadCode(),
                new ConstantFolding(),
                new CommonSubexpressions(),
                new FuseBiasActivation(),
                new FuseResidualNorm(),
                new DeadCode()));
    }

    /** For a graph whose gradients were added. */
    public static Passes afterDifferentiation() {
        return new Passes(
                List.of(new ConstantFolding(), new CommonSubexpressions(), new DeadCode(), new KeepSlopes()));
    }

    /** The graph after all passes. */
    public Graph apply(Graph graph) {
        return apply(graph, _ -> {});
    }

    /**
     * The graph after all passes.
     *
     * @param listener is told of each pass when it is done
     * @throws IllegalStateException when a pass makes an illegal graph, which is a defect of the pass
     */
    public Graph apply(Graph graph, Consumer<PassReport> listener) {
        Graph current = graph;
        for (Pass pass : passes) {
            Graph next = pass.apply(current);
            GraphVerifier.verify(next, pass.name());
            listener.accept(PassReport.of(pass.name(), current, next));
            current = next;
        }
        return current;
    }
}
