package io.heddle.runtime.gradient;

import io.heddle.check.Problem;
import io.heddle.graph.Graph;
import io.heddle.graph.GraphBuilder;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.TensorType;
import io.heddle.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One differentiation at work: the growing graph, and for each value the sum of the gradients that have arrived. */
final class Tape {
    private final Graph forward;
    private final GraphBuilder builder;
    private final Set<Integer> dependents;
    private final Map<Integer, Value> gradients = new HashMap<>();
    private final Map<Integer, Value> kept = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param dependents the ids of the values whose gradients are of use */
    Tape(Graph forward, Set<Integer> dependents) {
        this.forward = forward;
        this.builder = new GraphBuilder(forward);
        this.dependents = dependents;
    }

    /** The loss changes with itself at the rate of 1. */
    void begin(Value loss, String path) {
        if (wants(loss)) {
            contribute(loss, add(new Op.Constant(1.0, loss.getType()), path), path);
        }
    }

    boolean wants(Value value) {
        return dependents.contains(value.getId());
    }

    boolean reached(Node node) {
        return node.getOutputs().stream().anyMatch(output -> gradients.containsKey(output.getId()));
    }

    Optional<Value> gradient(Value value) {
        return Optional.ofNullable(gradients.get(value.getId()));
    }

    /** Sums at once, so that no two whole gradients of a value live longer than they must. */
    void contribute(Value value, Value gradient, String path) {
        gradients.merge(value.getId(), gradient, (sum, more) -> add(Op.Add.INSTANCE, path, sum, more));
    }

    Value add(Op op, String path, Value... inputs) {
        return builder.first(op, path, inputs);
    }

    List<Value> addAll(Op op, String path, Value... inputs) {
        return builder.add(op, List.of(inputs), path);
    }

    /** What is kept from run to run, as its last writer left it: two parts that share weights share it. */
    Value kept(Value state) {
        return kept.getOrDefault(state.getId(), state);
    }

    void keep(Value state, Value next, String path) {
        kept.put(state.getId(), add(new Op.Blend(1), path, kept(state), next));
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    List<Problem> problems() {
        return problems;
    }

    Graph finish(Map<String, Value> wanted) {
        forward.getOutputs().forEach(builder::output);
        wanted.forEach((name, source) -> builder.output(
                Gradients.OUTPUT_PREFIX + name, gradient(source).orElseGet(() -> zeros(source))));
        return writersLast(builder.build());
    }

    /** Gradients may read what the forward pass read of a state: it is written when they are done. */
    private static Graph writersLast(Graph graph) {
        Set<Integer> read = new HashSet<>();
        graph.getNodes().forEach(node -> node.getInputs().forEach(input -> read.add(input.getId())));
        List<Node> first = new ArrayList<>();
        List<Node> last = new ArrayList<>();
        for (Node node : graph.getNodes()) {
            boolean waits = node.getOp() instanceof Op.Writer
                    && node.getOutputs().stream().noneMatch(output -> read.contains(output.getId()));
            (waits ? last : first).add(node);
        }
        first.addAll(last);
        return new Graph(first, graph.getOutputs());
    }

    private Value zeros(Value source) {
        TensorType type = source.getType();
        return add(new Op.Constant(0.0, type), Gradients.pathOf(forward.maker(source)));
    }
}
