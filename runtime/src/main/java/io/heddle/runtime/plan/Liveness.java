package io.heddle.runtime.plan;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each value of a graph is needed.
 *
 * @param spans by the value's id
 */
public record Liveness(Map<Integer, Span> spans) {
    /**
     * From the node that makes a value to the last one that reads it, both by their place in the graph and both included.
     *
     * @param last the number of nodes for an output of the graph, which outlives them all
     */
    public record Span(int first, int last) {
        /** The same span, lengthened to reach this place. */
        Span until(int place) {
            return new Span(first, Math.max(last, place));
        }

        /** True when there is a moment at which both are needed. */
        public boolean overlaps(Span other) {
            return first <= other.last && other.first <= last;
        }
    }

    /** Copies the spans. */
    public Liveness {
        spans = Map.copyOf(spans);
    }

    /** The spans of all values of a graph; one that nobody reads is needed while it is made. */
    public static Liveness of(Graph graph) {
        Map<Integer, Span> spans = new HashMap<>();
        List<Node> nodes = graph.getNodes();
        for (int place = 0; place < nodes.size(); place++) {
            int here = place;
            for (Value value : nodes.get(place).getInputs()) {
                spans.computeIfPresent(value.getId(), (id, span) -> span.until(here));
            }
            for (Value value : nodes.get(place).getOutputs()) {
                spans.put(value.getId(), new Span(place, place));
            }
        }
        for (Value value : graph.getOutputs().values()) {
            spans.computeIfPresent(value.getId(), (id, span) -> span.until(nodes.size()));
        }
        return new Liveness(spans);
    }

    /** When this value is needed. */
    public Span of(Value value) {
        return spans.get(value.getId());
    }
}
