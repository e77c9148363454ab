package io.heddle.runtime.gradient;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.graph.Element;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Role;
import io.heddle.graph.Value;
import io.heddle.runtime.messages.GradientMessages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds to a graph the computation of its gradients, by reverse-mode differentiation (Griewank and Walther,
 * "Evaluating Derivatives", chapter 3).
 *
 * <pre>
 *   before:  x -> MatMul(w) -> ... -> loss                      output loss
 *   after:   x -> MatMul(w) -> ... -> loss                      output loss
 *            Constant 1 -> ... -> MatMul, ColumnsByColumns      output gradient/w
 * </pre>
 *
 * <p>The forward nodes and outputs stay as they are; the new nodes come after them, but before what writes a state that is
 * not read again, so that they too see the state as it was. Only what lies between the loss and
 * a wanted source is differentiated. Where a value is read more than once, its gradient is the {@link Op.Add} of what
 * its readers contribute, from the last reader to the first, so the numbers are the same in every run. A wanted source
 * that the loss does not depend on gets zeros.
 *
 * <p>A new node's path is that of the forward node it belongs to, followed by {@link #PATH_SUFFIX}: what is attributed
 * by the beginning of a path falls to the same part of the model.
 */
public final class Gradients {
    /** What the name of a new output begins with; the name of the parameter or input follows. */
    public static final String OUTPUT_PREFIX = "gradient/";

    /** What the path of a new node ends with. */
    public static final String PATH_SUFFIX = "/gradient";

    private Gradients() {}

    /** The gradients of all parameters that are trained; see {@link #differentiate(Graph, String, List)}. */
    public static Graph differentiate(Graph forward, String lossOutput) {
        return differentiate(
                forward,
                lossOutput,
                forward.getParameters().stream()
                        .map(node -> (Op.Parameter) node.getOp())
                        .filter(parameter -> parameter.getRole() != Role.Fixed)
                        .map(Op.Parameter::getName)
                        .toList());
    }

    /**
     * The graph with one more output for each of {@code names}, {@code gradient/<name>}, of the shape of what it names.
     *
     * @param lossOutput an output of the graph that is one real number
     * @param names parameters, and inputs of real numbers, each at most once
     * @throws ProblemsException with everything that stands against it: unknown names, a loss that is not one number,
     *     ops on the way that have no gradient
     */
    public static Graph differentiate(Graph forward, String lossOutput, List<String> names) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Value> wanted = wantedSources(forward, names, problems);
        checkLoss(forward, lossOutput, problems);
        throwIfAny(problems);

        Value loss = forward.output(lossOutput);
        Tape tape = new Tape(forward, dependents(forward, wanted));
        tape.begin(loss, pathOf(forward.maker(loss)));
        for (Node node : forward.getNodes().reversed()) {
            if (tape.reached(node)) {
                Rules.apply(new Adjoint(tape, node, pathOf(node)));
            }
        }
        throwIfAny(tape.problems());
        return tape.finish(wanted);
    }

    /** The path of the nodes that differentiate {@code node}. */
    static String pathOf(Node node) {
        return node.getPath() + PATH_SUFFIX;
    }

    private static Map<String, Value> wantedSources(Graph forward, List<String> names, List<Problem> problems) {
        Map<String, Value> sources = new LinkedHashMap<>();
        for (Node node : forward.getNodes()) {
            switch (node.getOp()) {
                case Op.Parameter parameter -> sources.put(parameter.getName(), node.getOutput());
                case Op.Input input -> sources.put(input.getName(), node.getOutput());
                default -> {} // Neither a state nor anything computed has a name to be wanted by.
            }
        }
        Map<String, Value> wanted = new LinkedHashMap<>();
        for (String name : names) {
            String output = OUTPUT_PREFIX + name;
            if (!sources.containsKey(name)) {
                problems.add(GradientMessages.unknown(output, name, List.copyOf(sources.keySet())));
            } else if (sources.get(name).getType().getElement() != Element.Real) {
                problems.add(GradientMessages.whole(output, name));
            } else if (wanted.put(name, sources.get(name)) != null) {
                problems.add(GradientMessages.twice(output, name));
            } else if (forward.getOutputs().containsKey(output)) {
                problems.add(GradientMessages.again(output));
            }
        }
        return wanted;
    }

    private static void checkLoss(Graph forward, String lossOutput, List<Problem> problems) {
        Value loss = forward.getOutputs().get(lossOutput);
        List<String> outputs = List.copyOf(forward.getOutputs().keySet());
        if (loss == null) {
            problems.add(GradientMessages.noLoss(lossOutput, outputs));
        } else if (loss.getType().getElement() != Element.Real
                || loss.getType().getShape().getRank() != 0) {
            problems.add(GradientMessages.noNumber(lossOutput, loss.getType().toString(), outputs));
        }
    }

    /** The ids of the values that change with a wanted source. */
    private static Set<Integer> dependents(Graph forward, Map<String, Value> wanted) {
        Set<Integer> dependents = new HashSet<>();
        wanted.values().forEach(value -> dependents.add(value.getId()));
        for (Node node : forward.getNodes()) {
            if (node.getInputs().stream().anyMatch(input -> dependents.contains(input.getId()))) {
                node.getOutputs().forEach(output -> dependents.add(output.getId()));
            }
        }
        return dependents;
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }
}
