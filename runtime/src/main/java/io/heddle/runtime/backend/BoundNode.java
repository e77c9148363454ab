package io.heddle.runtime.backend;

import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.Tensor;
import java.util.List;

/**
 * A node and the memory of its values, in the order of {@link io.heddle.graph.Op}'s line about it.
 *
 * <p>The first output may lie where an input does, for the ops and inputs that {@link io.heddle.runtime.plan.InPlace} names.
 */
public record BoundNode(Node node, List<Tensor> inputs, List<Tensor> outputs, Precision precision) {
    /** Copies the lists. */
    public BoundNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public Op op() {
        return node.getOp();
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
