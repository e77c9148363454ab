package io.heddle.runtime.train;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.model.Model;
import io.heddle.recipe.Keep;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.messages.TrainingMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a checkpoint is one of the training that is to go on. */
final class SameTraining {
    private SameTraining() {}

    /**
     * Returns when it is. The model's name, steps, checkpoints and the sample may have changed, and evaluation where it chooses no weights.
     *
     * @throws ProblemsException naming the first line that differs
     */
    static void check(Checkpoint checkpoint, Model model, Recipe recipe) {
        List<Problem> problems = new ArrayList<>();
        Model before = checkpoint.model().called(model.getName());
        compare(checkpoint, "model", ModelJson.write(before), ModelJson.write(model), problems);
        String stored = RecipeJson.write(comparable(checkpoint.recipe(), recipe));
        compare(checkpoint, "recipe", stored, RecipeJson.write(recipe), problems);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    /**
     * Returns when the data is what the checkpoint was trained on.
     *
     * @param data of the data as it is now
     * @throws ProblemsException when its tokens are others, or have another meaning
     */
    static void checkData(Checkpoint checkpoint, Optional<Tokenizers> tokenizers, DataMark data) {
        DataMark before = checkpoint.progress().data();
        Optional<Tokenizers> kept =
                checkpoint.hasTokenizer() ? Optional.of(checkpoint.tokenizers()) : Optional.empty();
        boolean sameTokens = kept.equals(tokenizers);
        if (sameTokens && before.digest().equals(data.digest())) {
            return;
        }
        throw new ProblemsException(sameTokens
                ? TrainingMessages.otherData(checkpoint.folder(), before.told(), data.told())
                : TrainingMessages.otherTokens(checkpoint.folder(), before.told(), data.told()));
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
                chooses(stored) || chooses(recipe) ? stored.getEvaluation() : recipe.getEvaluation(),
                recipe.getCheckpointEvery(),
                stored.getSeed(),
                stored.getStartingWeights(),
                recipe.getSample(),
                stored.getDecoderInput(),
                stored.getRewards());
    }

    private static boolean chooses(Recipe recipe) {
        return switch (recipe.getEvaluation().getKeep()) {
            case Keep.Last _ -> false;
            case Keep.Best _ -> true;
        };
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
        problems.add(TrainingMessages.otherDescription(
                checkpoint.folder(),
                what,
                before.get(line).strip(),
                now.get(line).strip()));
    }
}
