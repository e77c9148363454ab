package io.heddle.runtime.experiment;

import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The lengths of gradients, weights and updates, block by block. */
final class BlockNorms {
    /**
     * What a step did to a block.
     *
     * @param update the length of what was added to the weights, divided by theirs; 0 of weights that are all zero and stay so,
     *     infinite of those that were
     */
    record Norms(double gradient, double weights, double update) {}

    private final RunnableModel model;
    private final WeightKernels kernels;
    private final SequencedMap<String, List<ParameterLayout.Entry>> blocks;
    private final ParameterBuffer before;
    private final Map<String, Double> gradients = new LinkedHashMap<>();

    BlockNorms(RunnableModel model) {
        this.model = model;
        kernels = model.engine().backend().weightKernels();
        blocks = Blocks.of(model.weights().layout().trained());
        before = model.weights().zerosAlike();
    }

    /** Takes down the gradients and the weights of a step that is about to change them. */
    void beforeUpdate(ParameterBuffer gradient) {
        before.copyFrom(model.weights());
        blocks.forEach((path, entries) -> gradients.put(path, length(gradient, entries)));
    }

    /** What the step did to each block. */
    SequencedMap<String, Norms> afterUpdate() {
        SequencedMap<String, Double> weights = new LinkedHashMap<>();
        blocks.forEach((path, entries) -> weights.put(path, length(before, entries)));
        before.array().subi(model.weights().array());
        SequencedMap<String, Norms> norms = new LinkedHashMap<>();
        blocks.forEach((path, entries) -> norms.put(
                path,
                new Norms(gradients.get(path), weights.get(path), ratio(length(before, entries), weights.get(path)))));
        return norms;
    }

    private static double ratio(double update, double weights) {
        return update == 0 ? 0 : update / weights;
    }

    private double length(ParameterBuffer buffer, List<ParameterLayout.Entry> entries) {
        return Math.sqrt(entries.stream()
                .mapToDouble(entry -> kernels.sumOfSquares(buffer.span(entry.offset(), entry.elements())))
                .sum());
    }
}
