package io.heddle.runtime.experiment;

import io.heddle.graph.Element;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.lowering.Lowering;
import io.heddle.lowering.Purpose;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.pass.Passes;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.program.States;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How large the numbers are that each block gives out: the root of their mean square, padding included. What a block gives out
 * is what it computes last; with a residual around it, that is the stream with the block's part added. Layers that share their
 * weights are one block, whose numbers are those of all its layers.
 */
final class Activations {
    private static final String OUTPUT = "activation/";

    private final Executable executable;
    private final SequencedMap<String, Value> outputs;
    private final Map<String, String> blocks;
    private final Map<Integer, States> states = new HashMap<>();

    Activations(RunnableModel model) {
        Graph graph = Lowering.lower(model.model(), Purpose.Evaluation);
        blocks = blocks(graph);
        outputs = last(graph);
        Map<String, Value> wanted = new LinkedHashMap<>(graph.getOutputs());
        outputs.forEach((path, value) -> wanted.put(OUTPUT + path, value));
        Graph watched = Passes.beforeDifferentiation().apply(new Graph(graph.getNodes(), wanted));
        executable = model.engine().compile(watched, model.weights());
    }

    /** Which block has the weights of what computes at a place of the graph: another place's, where they are shared. */
    private static Map<String, String> blocks(Graph graph) {
        Map<Value, String> weights = new HashMap<>();
        Map<String, String> blocks = new HashMap<>();
        Blocks.of(ParameterLayout.of(graph)).keySet().forEach(block -> blocks.put(block, block));
        for (Node node : graph.getNodes()) {
            if (node.getOp() instanceof Op.Parameter parameter) {
                node.getOutputs().forEach(value -> weights.put(value, Blocks.block(parameter.getName())));
            } else {
                node.getInputs().stream()
                        .filter(weights::containsKey)
                        .forEach(value -> blocks.putIfAbsent(Blocks.blockOfNode(node.getPath()), weights.get(value)));
            }
        }
        return blocks;
    }

    private SequencedMap<String, Value> last(Graph graph) {
        SequencedMap<String, Value> last = new LinkedHashMap<>();
        for (Node node : graph.getNodes()) {
            String path = Blocks.blockOfNode(node.getPath());
            if (node.getOp() instanceof Op.Source || isLoss(node.getOp()) || !blocks.containsKey(path)) {
                continue;
            }
            node.getOutputs().stream()
                    .filter(Activations::isGivenOut)
                    .findFirst()
                    .ifPresent(value -> last.put(path, value));
        }
        return last;
    }

    /** A head is followed by the losses of its scores, and their sum, which is a single number. */
    private static boolean isLoss(Op op) {
        return op instanceof Op.CrossEntropy || op instanceof Op.ChainLoss;
    }

    private static boolean isGivenOut(Value value) {
        return value.getType().getElement() == Element.Real
                && !value.getType().getShape().getDims().isEmpty();
    }

    /** The sum of the squares of so many numbers. */
    private record MeanSquare(double sum, long count) {
        MeanSquare and(MeanSquare other) {
            return new MeanSquare(sum + other.sum, count + other.count);
        }

        double root() {
            return Math.sqrt(sum / count);
        }
    }

    /** The root of the mean square of each block's output, for one batch. */
    Map<String, Double> of(BatchFeed feed, Batch batch) {
        States rows = states.computeIfAbsent(batch.rows(), _ -> feed.states(executable, batch));
        Program program = feed.bind(executable, rows, batch, 1);
        program.run();
        Map<String, MeanSquare> squares = new LinkedHashMap<>();
        for (String path : outputs.keySet()) {
            var values = program.output(OUTPUT + path);
            double norm = values.norm2Number().doubleValue();
            squares.merge(blocks.get(path), new MeanSquare(norm * norm, values.length()), MeanSquare::and);
        }
        Map<String, Double> sizes = new LinkedHashMap<>();
        squares.forEach((block, square) -> sizes.put(block, square.root()));
        return sizes;
    }
}
