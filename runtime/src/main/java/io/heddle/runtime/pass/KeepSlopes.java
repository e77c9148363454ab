package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.terms.Activation;
import io.heddle.terms.Elu;
import io.heddle.terms.Gelu;
import io.heddle.terms.GeluTanh;
import io.heddle.terms.Identity;
import io.heddle.terms.QuickGelu;
import io.heddle.terms.Relu;
import io.heddle.terms.Sigmoid;
import io.heddle.terms.Silu;
import io.heddle.terms.Softplus;
import io.heddle.terms.SquaredRelu;
import io.heddle.terms.Tanh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the slope of an activation for the backward pass, in place of what the activation was computed of.
 *
 * <pre>
 *   before:  x -> Activate(f) -> y                   after:  x -> ActivateWithSlope(f) -> slope, y
 *            x, dy -> ActivateGradient(f) -> dx              dy, slope -> Multiply -> dx
 * </pre>
 *
 * <p>Value and slope share nearly all of their work, and the slope takes the memory that x had. Only where nobody else reads
 * x, and where the slope costs more to compute than to read.
 */
public final class KeepSlopes implements Pass {
    @Override
    public String name() {
        return "slopes";
    }

    @Override
    public Graph apply(Graph graph) {
        Readers readers = new Readers(graph);
        Rewriter rewriter = new Rewriter(graph);
        Map<List<Value>, Value> slopes = new HashMap<>();
        for (Node node : graph.getNodes()) {
            Optional<Activation> activation = activation(node.getOp());
            if (activation.isPresent() && isWorthIt(graph, readers, node, activation.get())) {
                Op both = new Op.ActivateWithSlope(activation.get());
                List<Value> made = rewriter.add(both, node.getPath(), node.getInputs());
                slopes.put(node.getInputs(), made.get(0));
                rewriter.rename(node.getOutput(), made.get(1));
            } else if (differentiated(node.getOp()).isPresent() && slopes.containsKey(activated(node))) {
                List<Value> factors = List.of(node.getInputs().getLast(), slopes.get(activated(node)));
                rewriter.replace(node.getOutputs(), Op.Multiply.INSTANCE, node.getPath(), factors);
            } else {
                rewriter.keep(node);
            }
        }
        return rewriter.finish();
    }

    private static boolean isWorthIt(Graph graph, Readers readers, Node node, Activation activation) {
        Value x = node.getInputs().getFirst();
        List<Node> others = readers.of(x).stream().filter(reader -> !reader.equals(node)).toList();
        return slopeIsCostly(activation)
                && !readers.isWanted(x)
                && !(graph.maker(x).getOp() instanceof Op.Source)
                && !(graph.maker(x).getOp() instanceof Op.Constant)
                && !others.isEmpty()
                && others.stream().allMatch(reader -> isGradientOf(reader, node));
    }

    private static boolean isGradientOf(Node reader, Node node) {
        boolean isSame = activation(node.getOp()).equals(differentiated(reader.getOp()));
        boolean isUpstream = reader.getInputs().getLast().equals(node.getInputs().getFirst());
        return isSame && !isUpstream && activated(reader).equals(node.getInputs());
    }

    /** What the activation was computed of, when this is its gradient. */
    private static List<Value> activated(Node gradient) {
        return gradient.getInputs().subList(0, gradient.getInputs().size() - 1);
    }

    private static Optional<Activation> activation(Op op) {
        if (op instanceof Op.BiasActivate activate) {
            return Optional.of(activate.getActivation());
        }
        return op instanceof Op.Activate activate ? Optional.of(activate.getActivation()) : Optional.empty();
    }

    /** The activation whose gradient this is. */
    private static Optional<Activation> differentiated(Op op) {
        if (op instanceof Op.BiasActivateGradient gradient) {
            return Optional.of(gradient.getActivation());
        }
        return op instanceof Op.ActivateGradient gradient ? Optional.of(gradient.getActivation()) : Optional.empty();
    }

    /** Whether the slope takes an exponential, and shares it with the value. */
    private static boolean slopeIsCostly(Activation activation) {
        return switch (activation) {
            case Gelu _ -> true;
            case GeluTanh _ -> true;
            case QuickGelu _ -> true;
            case Silu _ -> true;
            case Relu _ -> false;
            case SquaredRelu _ -> false;
            case Identity _ -> false;
            case Elu _ -> false;
            case Softplus _ -> false;
            case Sigmoid _ -> false;
            case Tanh _ -> false;
        };
    }
}
