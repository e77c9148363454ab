package io.heddle.runtime.train;

import io.heddle.recipe.Recipe;
import io.heddle.runtime.messages.MemoryMessages;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.tensor.MemoryLimit;
import io.heddle.runtime.train.optimizer.WeightUpdate;

/** What changes while a model is trained, all in memory made once: weights, gradients, what the optimizer remembers. */
final class TrainingState {
    private final RunnableModel model;
    private final TrainingProgram program;
    private final WeightUpdate update;

    TrainingState(RunnableModel model, Recipe recipe) {
        this.model = model;
        ParameterBuffer weights = model.weights();
        long each = weights.elements() * weights.precision().bytes();
        MemoryLimit.require(
                each * (1L + WeightUpdate.remembers(recipe.getOptimizer())),
                MemoryMessages.training(weights.layout().parameters()));
        program = TrainingProgram.of(model);
        update = new WeightUpdate(
                recipe.getOptimizer(), model.engine().backend().weightKernels(), model.weights(), program.gradients());
    }

    RunnableModel model() {
        return model;
    }

    TrainingProgram program() {
        return program;
    }

    WeightUpdate update() {
        return update;
    }
}
