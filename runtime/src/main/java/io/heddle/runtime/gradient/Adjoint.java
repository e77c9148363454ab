package io.heddle.runtime.gradient;

import io.heddle.check.Problem;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.runtime.messages.GradientMessages;
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

    /** An input that is kept from run to run, as the gradients before this one left it. */
    Value kept(int input) {
        return tape.kept(input(input));
    }

    /** Writes {@code next} over an input that is kept from run to run, for the gradients and the runs that come after. */
    void keep(int input, Value next) {
        tape.keep(input(input), next, path);
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
                tape.problem(GradientMessages.saved(node.getPath(), op(), opName(), at, count - 1));
            }
        }
        return IntStream.range(0, count).anyMatch(at -> gradient(at).isPresent());
    }

    /** Tells that the loss cannot be differentiated through this node. */
    void reject(Refusal refusal) {
        tape.problem(refusal.of(node.getPath(), op(), opName()));
    }

    /** What is told of a node, by its path, its op and the op's name. */
    @FunctionalInterface
    interface Refusal {
        Problem of(String path, String op, String name);
    }

    private String op() {
        return node.getOp().toString();
    }

    private String opName() {
        return node.getOp().getClass().getSimpleName();
    }
}
