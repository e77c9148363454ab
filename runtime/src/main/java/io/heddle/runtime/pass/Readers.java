package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reads each value of a graph, in the order of the nodes. */
final class Readers {
    private final Map<Integer, List<Node>> readers = new HashMap<>();
    private final Set<Integer> wanted = new HashSet<>();

    Readers(Graph graph) {
        for (Node node : graph.getNodes()) {
            for (Value input : node.getInputs()) {
                readers.computeIfAbsent(input.getId(), _ -> new ArrayList<>()).add(node);
            }
        }
        graph.getOutputs().values().forEach(value -> wanted.add(value.getId()));
    }

    /** The nodes that read a value; one that reads it twice stands there twice. */
    List<Node> of(Value value) {
        return readers.getOrDefault(value.getId(), List.of());
    }

    /** Whether one node reads the value, once, and it is no output of the graph. */
    boolean isSingle(Value value) {
        return of(value).size() == 1 && !isWanted(value);
    }

    /** Whether the value is an output of the graph. */
    boolean isWanted(Value value) {
        return wanted.contains(value.getId());
    }
}
