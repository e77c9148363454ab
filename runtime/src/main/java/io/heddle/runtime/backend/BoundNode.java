package io.heddle.runtime.backend;

import io.heddle.dims.Dim;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A node and the memory of its values, in the order of {@link io.heddle.graph.Op}'s line about it.
 *
 * <p>The first output may lie where an input does, for the ops and inputs that {@link io.heddle.runtime.plan.InPlace} names.
 *
 * @param sizes what the names in the node's dims are worth
 */
public record BoundNode(
        Node node, List<Tensor> inputs, List<Tensor> outputs, Precision precision, Map<String, Long> sizes) {
    /** Copies the lists and the sizes. */
    public BoundNode {
        sizes = Map.copyOf(sizes);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public Op op() {
        return node.getOp();
    }

    /** What a dim of the op is worth here. */
    public int size(Dim dim) {
        return Math.toIntExact(dim.evaluate(sizes));
    }

    /** The part of the model that asked for it. */
    public String path() {
        return node.getPath();
    }

    /** The input at this place. */
    public Tensor input(int place) {
        return inputs.get(place);
    }

    /** The output at this place. */
    public Tensor output(int place) {
        return outputs.get(place);
    }
}
