package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes once what is computed twice: nodes of equal ops on the same inputs.
 *
 * <pre>
 *   before:  x -> Positions -> Sinusoid -> a        after:  x -> Positions -> Sinusoid -> a, b
 *            x -> Positions -> Sinusoid -> b
 * </pre>
 *
 * <p>Dropouts are equal when their streams are: two of different streams draw different numbers and stay two. What
 * reads or writes a state is left alone, for a state's numbers change while a program runs.
 */
public final class CommonSubexpressions implements Pass {
    private record Computation(Op op, List<Value> inputs) {}

    @Override
    public String name() {
        return "common subexpressions";
    }

    @Override
    public Graph apply(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Map<Computation, Node> first = new HashMap<>();
        for (Node node : graph.getNodes()) {
            Node earlier = canMerge(node, rewriter)
                    ? first.putIfAbsent(new Computation(node.getOp(), rewriter.now(node.getInputs())), node)
                    : null;
            if (earlier == null) {
                rewriter.keep(node);
            } else {
                for (int at = 0; at < node.getOutputs().size(); at++) {
                    rewriter.rename(node.getOutputs().get(at), earlier.getOutputs().get(at));
                }
            }
        }
        return rewriter.finish();
    }

    private static boolean canMerge(Node node, Rewriter rewriter) {
        return !(node.getOp() instanceof Op.Source)
                && !(node.getOp() instanceof Op.Writer)
                && rewriter.now(node.getInputs()).stream()
                        .map(input -> rewriter.maker(input).getOp())
                        .noneMatch(maker -> maker instanceof Op.State || maker instanceof Op.Writer);
    }
}
