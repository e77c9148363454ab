package io.heddle.runtime.model;

import io.heddle.graph.Graph;
import io.heddle.lowering.Lowering;
import io.heddle.lowering.Names;
import io.heddle.lowering.Purpose;
import io.heddle.model.Model;
import io.heddle.runtime.gradient.Gradients;
import io.heddle.runtime.pass.Passes;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.ParameterBuffer;

/**
 * A model's loss and the gradients of its weights, ready to run.
 *
 * @param executable writes the gradients; its output {@code loss} is a number
 * @param gradients of the model's weights, but for those that are never trained
 */
public record TrainingProgram(Executable executable, ParameterBuffer gradients) {
    /**
     * Lowers, differentiates and compiles.
     *
     * @throws io.heddle.check.ProblemsException when there is nothing to train for
     */
    public static TrainingProgram of(RunnableModel model) {
        ParameterBuffer gradients = model.weights().zerosOfTrained();
        return new TrainingProgram(
                model.engine().compile(graph(model.model()), model.weights(), gradients), gradients);
    }

    /**
     * The graph of loss and gradients, as it is compiled.
     *
     * @throws io.heddle.check.ProblemsException when there is nothing to train for
     */
    public static Graph graph(Model model) {
        Graph forward = Passes.beforeDifferentiation().apply(Lowering.lower(model, Purpose.Training));
        return Passes.afterDifferentiation().apply(Gradients.differentiate(forward, Names.LOSS));
    }
}
