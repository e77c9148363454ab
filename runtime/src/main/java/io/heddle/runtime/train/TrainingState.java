package io.heddle.runtime.train;

import io.heddle.model.Model;
import io.heddle.model.SequenceComponent;
import io.heddle.recipe.Baseline;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.Rewards;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.messages.MemoryMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.States;
import io.heddle.runtime.tensor.MemoryLimit;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.optimizer.WeightUpdate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What changes while a model is trained, all in memory made once: weights, gradients, what the optimizer remembers, and what
 * the model remembers of its text.
 */
final class TrainingState {
    private final RunnableModel model;
    private final TrainingProgram program;
    private final WeightUpdate update;
    private final List<States> memory;
    private final Optional<BestWeights> best;
    private final Optional<LearnedBaseline> baseline;

    /** @param first the batch that comes next: where a model remembers, all have its sizes */
    TrainingState(RunnableModel model, Recipe recipe, BatchFeed feed, Batch first) {
        this.model = model;
        ParameterBuffer weights = model.weights();
        long each = weights.elements() * weights.precision().bytes();
        MemoryLimit.require(
                each * (1L + WeightUpdate.remembers(recipe.getOptimizer())
                        + BestWeights.copies(recipe.getEvaluation().getKeep())),
                MemoryMessages.training(weights.layout().parameters()));
        program = TrainingProgram.of(model);
        update = new WeightUpdate(
                recipe.getOptimizer(), model.engine().backend().weightKernels(), model.weights(), program.gradients());
        memory = IntStream.range(0, recipe.getAccumulation())
                .mapToObj(pass -> feed.states(program.executable(), first))
                .toList();
        best = BestWeights.of(recipe, weights);
        baseline = baseline(model.model(), recipe.getRewards());
    }

    private static Optional<LearnedBaseline> baseline(Model model, Rewards rewards) {
        Baseline said = switch (rewards) {
            case Rewards.None _,Rewards.MinimumRisk _ -> Baseline.None.INSTANCE;
            case Rewards.Reinforce reinforce -> reinforce.getBaseline();
            case Rewards.Mixer mixer -> mixer.getBaseline();
        };
        return switch (said) {
            case Baseline.None _,Baseline.SelfCritical _,Baseline.MeanOfOthers _ -> Optional.empty();
            case Baseline.Learned learned -> {
                String below = ModelRoles.of(model).logits().getInput();
                int width = ((SequenceComponent) model.component(below)).getOutputWidth();
                yield Optional.of(new LearnedBaseline(learned, width));
            }
        };
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

    /** The best weights so far; empty where the last are kept. */
    Optional<BestWeights> best() {
        return best;
    }

    /** What rewards are expected, where that is learned. */
    Optional<LearnedBaseline> baseline() {
        return baseline;
    }

    /** What the model remembers of the rows of each batch that is accumulated to a step. */
    List<States> memory() {
        return memory;
    }
}
