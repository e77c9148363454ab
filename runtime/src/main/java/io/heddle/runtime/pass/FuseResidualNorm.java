package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Closes a residual and norms it in one sweep over memory.
 *
 * <pre>
 *   before:  x, branch -> Add -> sum -> LayerNorm(gain, bias) -> y, mean, inverseDeviation
 *   after:   x, branch -> AddLayerNorm(gain, bias) -> sum, y, mean, inverseDeviation
 * </pre>
 *
 * <p>and likewise RmsNorm to AddRmsNorm. The sum may have other readers, as in every pre-norm model: so the fused op
 * stands where the sum stood, and the gain and bias, which must be sources or stand there already, come before it. Of
 * two norms of one sum the first is fused.
 */
public final class FuseResidualNorm implements Pass {
    @Override
    public String name() {
        return "residual and norm";
    }

    @Override
    public Graph apply(Graph graph) {
        Map<Node, Node> normOfSum = pairs(graph);
        Set<Node> fusedNorms = new HashSet<>(normOfSum.values());
        Set<Node> kept = new HashSet<>();
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.getNodes()) {
            Node norm = normOfSum.get(node);
            if (norm != null) {
                vectors(norm).map(graph::maker).filter(kept::add).forEach(rewriter::keep);
                fuse(node, norm, rewriter);
            } else if (!fusedNorms.contains(node) && kept.add(node)) {
                rewriter.keep(node);
            }
        }
        return rewriter.finish();
    }

    /** The sums to fuse, each with its norm. */
    private static Map<Node, Node> pairs(Graph graph) {
        Map<Node, Node> normOfSum = new HashMap<>();
        Set<Integer> made = new HashSet<>();
        Readers readers = new Readers(graph);
        for (Node node : graph.getNodes()) {
            node.getOutputs().forEach(output -> made.add(output.getId()));
            if (node.getOp() instanceof Op.Add
                    && node.getInputs().get(0).getType().equals(node.getInputs().get(1).getType())) {
                readers.of(node.getOutput()).stream()
                        .filter(reader -> isNormOf(node.getOutput(), reader))
                        .filter(norm -> vectors(norm)
                                .allMatch(vector -> made.contains(vector.getId())
                                        || graph.maker(vector).getOp() instanceof Op.Source))
                        .findFirst()
                        .ifPresent(norm -> normOfSum.put(node, norm));
            }
        }
        return normOfSum;
    }

    private static boolean isNormOf(Value sum, Node reader) {
        boolean norm = reader.getOp() instanceof Op.LayerNorm || reader.getOp() instanceof Op.RmsNorm;
        return norm && reader.getInputs().getFirst().equals(sum);
    }

    /** The gain, and the bias where there is one. */
    private static Stream<Value> vectors(Node norm) {
        return norm.getInputs().stream().skip(1);
    }

    private static void fuse(Node sum, Node norm, Rewriter rewriter) {
        Op fused =
                switch (norm.getOp()) {
                    case Op.LayerNorm layerNorm -> new Op.AddLayerNorm(layerNorm.getEpsilon());
                    case Op.RmsNorm rmsNorm -> new Op.AddRmsNorm(rmsNorm.getEpsilon());
                    default -> throw new IllegalStateException("not a norm: " + norm);
                };
        List<Value> inputs = new ArrayList<>(sum.getInputs());
        vectors(norm).forEach(inputs::add);
        List<Value> outputs = new ArrayList<>(sum.getOutputs());
        outputs.addAll(norm.getOutputs());
        rewriter.replace(outputs, fused, norm.getPath(), inputs);
    }
}
