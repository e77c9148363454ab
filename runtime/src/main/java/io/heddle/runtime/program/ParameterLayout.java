package io.heddle.runtime.program;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Role;
import io.heddle.graph.Start;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Where each weight of a graph stands in one long row of numbers: those that are trained in the order of the graph, then those
 * that are fixed, each beginning at a multiple of {@value #ALIGNMENT}. The numbers in between are zero and stay zero.
 *
 * @param entries the weights by name, in order
 * @param elements how many numbers there are, those in between included
 */
public record ParameterLayout(SequencedMap<String, Entry> entries, long elements) {
    /** Where weights may begin, in numbers: 64 bytes of floats. */
    private static final int ALIGNMENT = 16;

    /**
     * One weight.
     *
     * @param shape its sizes, slowest first
     * @param offset where it begins, in numbers
     */
    public record Entry(String name, List<Long> shape, long offset, Role role, Start start) {
        /** Copies the shape. */
        public Entry {
            shape = List.copyOf(shape);
        }

        /** How many numbers it has. */
        public long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }

        long[] sizes() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /** Copies the entries. */
    public ParameterLayout {
        entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /**
     * The layout of a graph's weights.
     *
     * @throws IllegalArgumentException when a weight's size depends on a symbol
     */
    public static ParameterLayout of(Graph graph) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        long offset = 0;
        for (boolean fixed : new boolean[] {false, true}) {
            for (Node node : graph.getParameters()) {
                if (node.getOp() instanceof Op.Parameter parameter && (parameter.getRole() == Role.Fixed) == fixed) {
                    Entry entry = entry(parameter, offset);
                    entries.put(entry.name(), entry);
                    offset += aligned(entry.elements());
                }
            }
        }
        return new ParameterLayout(entries, offset);
    }

    /** The weights that are trained, each where it stands here: a buffer of them lines up with the beginning of one of all. */
    public ParameterLayout trained() {
        SequencedMap<String, Entry> trained = new LinkedHashMap<>();
        long end = 0;
        for (Entry entry : entries.values()) {
            if (entry.role() != Role.Fixed) {
                trained.put(entry.name(), entry);
                end = entry.offset() + aligned(entry.elements());
            }
        }
        return new ParameterLayout(trained, end);
    }

    /** Those of these weights that are wanted, in a row of their own. */
    public ParameterLayout only(Predicate<Entry> wanted) {
        SequencedMap<String, Entry> kept = new LinkedHashMap<>();
        long offset = 0;
        for (Entry entry : entries.values()) {
            if (wanted.test(entry)) {
                kept.put(entry.name(), new Entry(entry.name(), entry.shape(), offset, entry.role(), entry.start()));
                offset += aligned(entry.elements());
            }
        }
        return new ParameterLayout(kept, offset);
    }

    private static Entry entry(Op.Parameter parameter, long offset) {
        List<Long> shape = new ArrayList<>();
        parameter.getShape().getDims().forEach(dim -> {
            if (!dim.isKnown()) {
                throw new IllegalArgumentException("Weight \"" + parameter.getName() + "\" has a dim without a size: "
                        + parameter.getShape() + ".");
            }
            shape.add(dim.getSize());
        });
        return new Entry(parameter.getName(), shape, offset, parameter.getRole(), parameter.getStart());
    }

    private static long aligned(long elements) {
        return (elements + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The weight of this name. */
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** How many numbers the weights have, those in between not included. */
    public long parameters() {
        return entries.values().stream().mapToLong(Entry::elements).sum();
    }

    /**
     * Refuses weights that are not exactly these.
     *
     * @param given the shape of each
     * @param source where they are from: the place of the problems
     * @throws io.heddle.check.ProblemsException with all that are missing, left over or of another shape
     */
    public void require(Map<String, List<Long>> given, String source) {
        ParameterChecks.check(this, given, source);
    }

    /** What each weight's shape is. */
    Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        entries.forEach((name, entry) -> shapes.put(name, entry.shape()));
        return shapes;
    }
}
