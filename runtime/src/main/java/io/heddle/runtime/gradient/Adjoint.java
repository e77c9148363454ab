package io.heddle.runtime.gradient;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One forward node while it is differentiated: what its rule may read, and where it leaves its result.
 *
 * @param path what the nodes that a rule adds are attributed to
 */
record Adjoint(Tape tape, Node node, String path) {
    Value input(int at) {
        return node.getInputs().get(at);
    }

    Value output(int at) {
        return node.getOutputs().get(at);
    }

    /** Whether there is such an input, and its gradient is of use. */
    boolean wants(int input) {
        return input < node.getInputs().size() && tape.wants(input(input));
    }

    /** The gradient of the first output; only for an op whose first output is all that can have one. */
    Value dy() {
        return gradient(0).orElseThrow();
    }

    Optional<Value> gradient(int output) {
        return tape.gradient(output(output));
    }

    /** Adds {@code gradient} to what has arrived at an input, if it is of use there. */
    void give(int input, Value gradient) {
        if (wants(input)) {
            tape.contribute(input(input), gradient, path);
        }
    }

    Value add(Op op, Value... inputs) {
        return tape.add(op, path, inputs);
    }

    List<Value> addAll(Op op, Value... inputs) {
        return tape.addAll(op, path, inputs);
    }

    /** The sum over the leading dims down to the last {@code kept} ones: what undoes a broadcast. */
    Value sumTo(int kept, Value value) {
        return value.getType().getShape().getRank() == kept ? value : add(new Op.SumLeading(kept), value);
    }

    /**
     * Whether a gradient has arrived at one of the first {@code count} outputs. The others are saved values, kept for
     * the backward pass: a gradient that arrives there is a problem.
     */
    boolean flowsThrough(int count) {
        for (int at = count; at < node.getOutputs().size(); at++) {
            if (gradient(at).isPresent()) {
                reject(
                        "the loss depends on output " + at + " of " + opName()
                                + ", which is saved for the backward pass"
                                + " and has no gradient",
                        "Compute the loss from output " + (count - 1) + ".");
            }
        }
        return IntStream.range(0, count).anyMatch(at -> gradient(at).isPresent());
    }

    /** Tells that the loss cannot be differentiated through this node. */
    void reject(String title, String mend) {
        tape.problem(new Problem(node.getPath(), title, List.of(new Fact("op", node.getOp().toString())), mend));
    }

    String opName() {
        return node.getOp().getClass().getSimpleName();
    }
}
