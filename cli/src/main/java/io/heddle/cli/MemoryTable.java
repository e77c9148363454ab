package io.heddle.cli;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.model.Model;
import io.heddle.runtime.messages.ByteCount;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.plan.Home;
import io.heddle.runtime.plan.MemoryPlan;
import io.heddle.runtime.plan.Sizes;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a training step keeps in memory, planned as the engine plans it, before any of it is taken. */
final class MemoryTable {
    private MemoryTable() {}

    /**
     * The table.
     *
     * @throws io.heddle.check.ProblemsException when the model cannot be trained, or a size leaves nothing to compute
     */
    static String text(Model model, Map<String, Long> given) {
        Graph graph = TrainingProgram.graph(model);
        Map<String, Long> all = new TreeMap<>(UsualSizes.of(model, graph));
        all.putAll(given);
        Sizes sizes = Sizes.of(graph, all);
        MemoryPlan plan = MemoryPlan.of(graph, sizes, Precision.FLOAT);
        ParameterLayout weights = ParameterLayout.of(graph);
        long trained = weights.trained().elements() * Precision.FLOAT.bytes();
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put("weights", weights.elements() * Precision.FLOAT.bytes());
        rows.put("gradients", trained);
        rows.put("AdamW's moments", 2 * trained);
        rows.put("arena", plan.arenaBytes());
        rows.put("inputs, outputs and constants", apart(graph, sizes, plan));
        rows.put("together", rows.values().stream().mapToLong(Long::longValue).sum());
        List<String> lines = new ArrayList<>();
        lines.add("A training step with " + sizes + ", in float:");
        rows.forEach(
                (what, bytes) -> lines.add(String.format(Locale.ROOT, "  %-30s %12s", what, ByteCount.text(bytes))));
        lines.add("Without sharing places the arena would take " + ByteCount.text(plan.separateBytes()) + ".");
        return String.join(System.lineSeparator(), lines);
    }

    /** What has a place of its own beside weights and gradients. */
    private static long apart(Graph graph, Sizes sizes, MemoryPlan plan) {
        long bytes = 0;
        for (Node node : graph.getNodes()) {
            for (var value : node.getOutputs()) {
                boolean isApart = switch (plan.home(value)) {
                    case Home.Input _,Home.Constant _,Home.State _ -> true;
                    case Home.Output output -> !output.name().startsWith("gradient/");
                    case Home.Arena _,Home.Parameter _ -> false;
                };
                bytes += isApart && !(node.getOp() instanceof Op.Parameter)
                        ? sizes.elements(value) * Precision.FLOAT.bytes()
                        : 0;
            }
        }
        return bytes;
    }
}
