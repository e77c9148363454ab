package io.heddle.runtime.train.data;

import io.heddle.recipe.EvaluationBatches;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.Examples;
import io.heddle.runtime.data.OrderedBatches;

/** The batches of held-out examples that a recipe measures on. */
final class HeldOutBatches {
    private HeldOutBatches() {}

    /** All of them, or those that are drawn for the look after so many steps. */
    static OrderedBatches of(Examples data, Batching batching, Recipe recipe, long step) {
        return switch (recipe.getEvaluation().getBatches()) {
            case EvaluationBatches.All _ -> new OrderedBatches(data, batching.size(), batching.lengthMultiple());
            case EvaluationBatches.Drawn drawn ->
                    OrderedBatches.drawn(
                            data,
                            batching.size(),
                            batching.lengthMultiple(),
                            recipe.getSeed(),
                            step,
                            drawn.getCount());
        };
    }
}
