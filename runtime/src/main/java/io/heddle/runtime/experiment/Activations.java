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
 * is what it computes last; with a residual around it, that is the stream with the block's part added.
 */
final class Activations {
    private static final String OUTPUT = "activation/";

    private final Executable executable;
    private final SequencedMap<String, Value> outputs;
    private final Map<Integer, States> states = new HashMap<>();

    Activations(RunnableModel model) {
        Graph graph = Lowering.lower(model.model(), Purpose.Evaluation);
        outputs = last(graph);
        Map<String, Value> wanted = new LinkedHashMap<>(graph.getOutputs());
        outputs.forEach((path, value) -> wanted.put(OUTPUT + path, value));
        Graph watched = Passes.beforeDifferentiation().apply(new Graph(graph.getNodes(), wanted));
        executable = model.engine().compile(watched, model.weights());
    }

    private static SequencedMap<String, Value> last(Graph graph) {
        SequencedMap<String, Value> last = new LinkedHashMap<>();
        var blocks = Blocks.of(ParameterLayout.of(graph)).keySet();
        for (Node node : graph.getNodes()) {
            String path = Blocks.blockOfNode(node.getPath());
            if (node.getOp() instanceof Op.Source || isLoss(node.getOp()) || !blocks.contains(path)) {
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

    /** The root of the mean square of each block's output, for one batch. */
    Map<String, Double> of(BatchFeed feed, Batch batch) {
        States rows = states.computeIfAbsent(batch.rows(), _ -> feed.states(executable, batch));
        Program program = feed.bind(executable, rows, batch, 1);
        program.run();
        Map<String, Double> sizes = new LinkedHashMap<>();
        for (String path : outputs.keySet()) {
            var values = program.output(OUTPUT + path);
            sizes.put(path, values.norm2Number().doubleValue() / Math.sqrt((double) values.length()));
        }
        return sizes;
    }
}
