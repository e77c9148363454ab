package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;

/**
 * Adds a bias and applies an activation in one sweep over memory.
 *
 * <pre>
 *   before:  x -> Add(bias) -> Activate(f) -> y        after:  x -> BiasActivate(f)(bias) -> y
 * </pre>
 *
 * <p>Only where nobody else reads the sum, and the bias is a vector. The backward pass adds the bias again, which costs
 * less than keeping the sum would.
 */
public final class FuseBiasActivation implements Pass {
    @Override
    public String name() {
        return "bias and activation";
    }

    @Override
    public Graph apply(Graph graph) {
        Readers readers = new Readers(graph);
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.getNodes()) {
            if (isFused(node, readers)) {
                continue; // Its only reader computes it.
            }
            if (node.getOp() instanceof Op.Activate activate) {
                Node sum = graph.maker(node.getInputs().getFirst());
                if (isFused(sum, readers)) {
                    Op fused = new Op.BiasActivate(activate.getActivation());
                    rewriter.replace(node.getOutputs(), fused, node.getPath(), sum.getInputs());
                    continue;
                }
            }
            rewriter.keep(node);
        }
        return rewriter.finish();
    }

    private static boolean isFused(Node node, Readers readers) {
        if (!(node.getOp() instanceof Op.Add)) {
            return false;
        }
        Value bias = node.getInputs().get(1);
        return bias.getType().getShape().getRank() == 1
                && readers.isSingle(node.getOutput())
                && readers.of(node.getOutput()).getFirst().getOp() instanceof Op.Activate;
    }
}
