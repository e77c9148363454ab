package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out what no output depends on.
 *
 * <pre>
 *   before:  x -> Activate -> y        after:  x -> Activate -> y
 *            x -> Scale -> z
 *            output y                          output y
 * </pre>
 *
 * <p>Sources stay, read or not: a program takes the same inputs and weights either way. So does what writes a state.
 */
public final class DeadCode implements Pass {
    @Override
    public String name() {
        return "dead code";
    }

    @Override
    public Graph apply(Graph graph) {
        Set<Integer> needed = new HashSet<>();
        graph.getOutputs().values().forEach(value -> needed.add(value.getId()));
        List<Node> alive = new ArrayList<>();
        for (Node node : graph.getNodes().reversed()) {
            boolean stays = node.getOp() instanceof Op.Source || node.getOp() instanceof Op.Writer;
            if (stays || node.getOutputs().stream().map(Value::getId).anyMatch(needed::contains)) {
                node.getInputs().forEach(value -> needed.add(value.getId()));
                alive.add(node);
            }
        }
        return new Graph(alive.reversed(), graph.getOutputs());
    }
}
