package io.heddle.runtime.program;

import io.heddle.check.ProblemsException;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.runtime.messages.ProgramMessages;
import io.heddle.runtime.plan.Sizes;
import java.util.HashMap;
import java.util.Map;

/** A graph that is ready to run for any sizes; it keeps one {@link Program} for each. */
public final class Executable {
    private final Engine engine;
    private final Graph graph;
    private final Weights parameters;
    private final ParameterBuffer gradients;
    private final Map<Map<String, Long>, Sizes> looked = new HashMap<>();
    private final Map<Sizes, Program> programs = new HashMap<>();

    Executable(Engine engine, Graph graph, Weights parameters, ParameterBuffer gradients) {
        this.engine = engine;
        this.graph = graph;
        this.parameters = parameters;
        this.gradients = gradients;
    }

    public Engine engine() {
        return engine;
    }

    public Graph graph() {
        return graph;
    }

    /** The weights that its programs read. */
    public Weights parameters() {
        return parameters;
    }

    /** Where its programs write {@code gradient/<weight>}; without entries when they have outputs of their own. */
    public ParameterBuffer gradients() {
        return gradients;
    }

    /**
     * The program for these sizes: the same object for the same sizes.
     *
     * @param sizes by the names of the graph's symbols; others are ignored
     * @throws ProblemsException when a size is missing or not positive, or the graph has states
     */
    public Program bind(Map<String, Long> sizes) {
        return programs.computeIfAbsent(sizes(sizes), bound -> {
            requireNoStates();
            return new Program(this, bound, States.none());
        });
    }

    private void requireNoStates() {
        for (Node node : graph.getNodes()) {
            if (node.getOp() instanceof Op.State state) {
                throw new ProblemsException(ProgramMessages.noMemory(node.getPath(), state.getName()));
            }
        }
    }

    /**
     * The program for these sizes on these states: the same object for the same sizes and states, kept by the states.
     *
     * @throws ProblemsException when a size is missing or not positive, or a state is missing or of another shape
     */
    public Program bind(Map<String, Long> sizes, States states) {
        return states.program(this, sizes(sizes));
    }

    /** A model that writes asks at each token, and a graph is long: what was looked at is not looked at again. */
    private Sizes sizes(Map<String, Long> given) {
        Sizes known = looked.get(given);
        if (known == null) {
            known = Sizes.of(graph, given);
            looked.put(Map.copyOf(given), known);
        }
        return known;
    }
}
