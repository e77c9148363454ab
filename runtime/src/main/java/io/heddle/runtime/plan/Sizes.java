package io.heddle.runtime.plan;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.dims.Dim;
import io.heddle.graph.Distance;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Shape;
import io.heddle.graph.Value;
import io.heddle.runtime.messages.SizesMessages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A size for every symbol of a graph, such as {@code batch = 12, text = 64}.
 *
 * @param bindings by the symbol's name; exactly those that the graph has
 */
public record Sizes(SortedMap<String, Long> bindings) {
    /** Copies the bindings. */
    public Sizes {
        bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
    }

    /**
     * The sizes of this graph's symbols among those that are given, which may be more.
     *
     * @throws ProblemsException when a symbol has no size, a size is not positive, or a dim computed from them is not
     */
    public static Sizes of(Graph graph, Map<String, Long> given) {
        SortedMap<String, Long> used = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        SortedSet<String> symbols = symbols(graph);
        for (String symbol : symbols) {
            Long size = given.get(symbol);
            if (size == null) {
                problems.add(SizesMessages.missing(symbol, given, symbols));
            } else if (size < 1) {
                problems.add(SizesMessages.empty(symbol, size));
            } else {
                used.put(symbol, size);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        Sizes sizes = new Sizes(used);
        sizes.checkAll(graph);
        return sizes;
    }

    /** The names without a size that the types and the ops of this graph depend on. */
    private static SortedSet<String> symbols(Graph graph) {
        SortedSet<String> symbols = new TreeSet<>();
        for (Node node : graph.getNodes()) {
            for (Value value : node.getOutputs()) {
                value.getType().getShape().getDims().forEach(dim -> symbols.addAll(dim.getSymbols()));
            }
            attributes(node.getOp()).forEach(dim -> symbols.addAll(dim.getSymbols()));
        }
        return symbols;
    }

    /** The dims of an op that need not be seen in the types around it. */
    private static List<Dim> attributes(Op op) {
        return switch (op) {
            case Op.Slice slice -> List.of(slice.getStart());
            case Op.Pad pad -> List.of(pad.getBefore(), pad.getAfter());
            case Op.MaskScores scores -> List.of(scores.getColumns());
            case Op.GridWaves waves -> List.of(waves.getRows(), waves.getColumns());
            case Op.Distances distances when distances.getDistance() instanceof Distance.Grid grid ->
                    List.of(grid.getColumns());
            default -> List.of(); // The others' dims are dims of what they make.
        };
    }

    private void checkAll(Graph graph) {
        TreeMap<String, Problem> problems = new TreeMap<>();
        for (Node node : graph.getNodes()) {
            for (Value value : node.getOutputs()) {
                for (Dim dim : value.getType().getShape().getDims()) {
                    if (dim.evaluate(bindings) < 1) {
                        problems.computeIfAbsent(dim.toString(), text -> broken(node, dim));
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(List.copyOf(problems.values()));
        }
    }

    private Problem broken(Node node, Dim dim) {
        TreeMap<String, Long> involved = new TreeMap<>(bindings);
        involved.keySet().retainAll(dim.getSymbols());
        return SizesMessages.empty(node.getPath(), dim.toString(), dim.evaluate(bindings), involved);
    }

    /** The sizes of a shape, slowest first. */
    public long[] of(Shape shape) {
        return shape.getDims().stream().mapToLong(dim -> dim.evaluate(bindings)).toArray();
    }

    /** How many numbers a value holds. */
    public long elements(Value value) {
        long elements = 1;
        for (long size : of(value.getType().getShape())) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    @Override
    public String toString() {
        List<String> sizes = new ArrayList<>();
        bindings.forEach((name, size) -> sizes.add(name + " = " + size));
        return String.join(", ", sizes);
    }
}
