package io.heddle.runtime.train;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.model.Model;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;

/** Whether a checkpoint is one of the training that is to go on. */
final class SameTraining {
    private SameTraining() {}

    /**
     * Returns when it is. Steps, evaluation, checkpoints and the sample may have changed.
     *
     * @throws ProblemsException naming the first line that differs
     */
    static void check(Checkpoint checkpoint, Model model, Recipe recipe) {
        List<Problem> problems = new ArrayList<>();
        compare(checkpoint, "model", ModelJson.write(checkpoint.model()), ModelJson.write(model), problems);
        String stored = RecipeJson.write(comparable(checkpoint.recipe(), recipe));
        compare(checkpoint, "recipe", stored, RecipeJson.write(recipe), problems);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    /** The stored recipe, with what may change taken from the new one. */
    private static Recipe comparable(Recipe stored, Recipe recipe) {
        return new Recipe(
                stored.getData(),
                stored.getBatch(),
                stored.getAccumulation(),
                recipe.getSteps(),
                stored.getOptimizer(),
                stored.getSchedule(),
                stored.getClipping(),
                recipe.getEvaluation(),
                recipe.getCheckpointEvery(),
                stored.getSeed(),
                recipe.getSample());
    }

    private static void compare(
            Checkpoint checkpoint, String what, String stored, String given, List<Problem> problems) {
        List<String> before = stored.lines().toList();
        List<String> now = given.lines().toList();
        int line = 0;
        while (line < Math.min(before.size(), now.size()) && before.get(line).equals(now.get(line))) {
            line++;
        }
        if (line == before.size() && line == now.size()) {
            return;
        }
        problems.add(new Problem(
                checkpoint.folder().toString(),
                "the checkpoint is of another " + what,
                List.of(
                        new Fact("there", line < before.size() ? before.get(line).strip() : "the end"),
                        new Fact("now", line < now.size() ? now.get(line).strip() : "the end")),
                "Train into another folder with --out, or begin anew there with --fresh."));
    }
}
