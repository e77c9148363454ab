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
        return of(model, graph(model.model()), model.weights().zerosOfTrained());
    }

    /**
     * The same where words that the model has drawn count, too; see {@link Purpose#Rewarding}.
     *
     * @throws io.heddle.check.ProblemsException when the model does not write token by token, or nothing learns its words
     */
    public static TrainingProgram rewarding(RunnableModel model, ParameterBuffer gradients) {
        return of(model, graph(model.model(), Purpose.Rewarding), gradients);
    }

    private static TrainingProgram of(RunnableModel model, Graph graph, ParameterBuffer gradients) {
        return new TrainingProgram(model.engine().compile(graph, model.weights(), gradients), gradients);
    }

    /**
     * The graph of loss and gradients, as it is compiled.
     *
     * @throws io.heddle.check.ProblemsException when there is nothing to train for
     */
    public static Graph graph(Model model) {
        return graph(model, Purpose.Training);
    }

    private static Graph graph(Model model, Purpose purpose) {
        Graph forward = Passes.beforeDifferentiation().apply(Lowering.lower(model, purpose));
        return Passes.afterDifferentiation().apply(Gradients.differentiate(forward, Names.LOSS));
    }
}
