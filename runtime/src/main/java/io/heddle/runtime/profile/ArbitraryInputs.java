package io.heddle.runtime.profile;

import io.heddle.dims.Dims;
import io.heddle.graph.Element;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.lowering.Names;
import io.heddle.runtime.program.Program;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Inputs for a program of which only the time matters: every sequence and every cache is full, token ids and labels are drawn
 * from all that there are, and real numbers lie around zero.
 */
final class ArbitraryInputs {
    private static final long SEED = 1;

    private ArbitraryInputs() {}

    /** Sets every input. */
    static void set(Program program) {
        Random random = new Random(SEED);
        Graph graph = program.executable().graph();
        for (Node node : graph.getInputs()) {
            if (node.getOp() instanceof Op.Input input) {
                Value value = node.getOutput();
                int count = Math.toIntExact(program.sizes().elements(value));
                if (value.getType().getElement() == Element.Real) {
                    program.setInput(input.getName(), reals(input.getName(), count, random));
                } else {
                    program.setInput(input.getName(), indices(program, input.getName(), value, count, random));
                }
            }
        }
    }

    private static double[] reals(String name, int count, Random random) {
        return name.equals(Names.NORMALIZER) ? new double[] {1} : random.doubles(count, -1, 1).toArray();
    }

    private static int[] indices(Program program, String name, Value value, int count, Random random) {
        int slash = name.lastIndexOf('/');
        String owner = slash < 0 ? name : name.substring(0, slash);
        Map<String, Long> sizes = program.sizes().bindings();
        int length = Math.toIntExact(sizes.getOrDefault(owner, 1L));
        // Where tokens are read one after the other, those that are read now are the last that the cache has room for.
        int all = isOffset(program, owner) ? Math.toIntExact(sizes.get(Dims.capacity.toString())) : length;
        if (name.equals(Names.lengths(owner))) {
            return constant(count, all);
        }
        if (name.equals(Names.fresh(owner))) {
            return constant(count, length);
        }
        if (name.equals(Names.offset(owner))) {
            return constant(count, all - length);
        }
        return random.ints(count, 0, bound(program, value)).toArray();
    }

    private static boolean isOffset(Program program, String owner) {
        return program.executable().graph().getInputs().stream()
                .anyMatch(node -> node.getOp() instanceof Op.Input input
                        && input.getName().equals(Names.offset(owner)));
    }

    private static int[] constant(int count, int value) {
        int[] indices = new int[count];
        Arrays.fill(indices, value);
        return indices;
    }

    /** One more than the largest index that everyone who reads it takes: 1 where nobody says. */
    private static int bound(Program program, Value value) {
        long bound = Integer.MAX_VALUE;
        for (Node reader : program.executable().graph().getNodes()) {
            if (reader.getInputs().contains(value)) {
                bound = Math.min(bound, switch (reader.getOp()) {
                    case Op.Embed _ -> rows(program, reader.getInputs().getFirst());
                    case Op.CrossEntropy _,Op.CrossEntropyGradient _ -> columns(program, reader.getInputs().getFirst());
                    case Op.EmbedGradient _ -> Integer.MAX_VALUE; // Whoever embeds them says it.
                    default -> 1;
                });
            }
        }
        return (int) bound;
    }

    private static long rows(Program program, Value table) {
        return program.sizes().of(table.getType().getShape())[0];
    }

    private static long columns(Program program, Value scores) {
        long[] sizes = program.sizes().of(scores.getType().getShape());
        return sizes[sizes.length - 1];
    }
}
