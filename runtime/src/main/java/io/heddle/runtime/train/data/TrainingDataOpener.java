package io.heddle.runtime.train.data;

import io.heddle.model.Model;
import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.SpeakingRoles;
import java.nio.file.Path;

/** Opens the data of a recipe. */
public final class TrainingDataOpener {
    private TrainingDataOpener() {}

    /**
     * Reads everything that a recipe trains on.
     *
     * @param base what relative paths are relative to: the folder of the file that says them
     * @param generated where data that Heddle writes itself is put
     * @throws io.heddle.check.ProblemsException with all that is wrong with the files
     */
    public static TrainingData open(Recipe recipe, Model model, Path base, Path generated) {
        return switch (recipe.getData()) {
            case Data.Text text -> TextTask.open(text, recipe, ModelRoles.of(model), base, rows(recipe.getBatch()));
            case Data.MaskedText text ->
                    MaskedTask.open(text, recipe, ModelRoles.of(model), base, rows(recipe.getBatch()));
            case Data.Pairs pairs -> PairTask.open(pairs, recipe, ModelRoles.of(model), base);
            case Data.ReverseTask task -> PairTask.open(task, recipe, ModelRoles.of(model), generated);
            case Data.LabelledTexts texts -> LabelTask.open(texts, recipe, model, base);
            case Data.TaggedWords words -> LabelTask.open(words, recipe, model, base);
            case Data.Pictures pictures -> PictureTask.open(pictures, recipe, model, base);
            case Data.BoxedPictures pictures -> BoxTask.open(pictures, recipe, model, base);
            case Data.BlockGraphs graphs -> GraphTask.open(graphs, recipe, model);
            case Data.Recordings recordings ->
                    SpeakingRoles.find(model)
                            .<TrainingData>map(roles -> SpeakingTask.open(recordings, recipe, roles, base))
                            .orElseGet(() -> RecordingTask.open(recordings, recipe, ModelRoles.of(model), base));
        };
    }

    private static int rows(Batch batch) {
        return switch (batch) {
            case Batch.Sequences sequences -> sequences.getCount();
            case Batch.Tokens tokens ->
                    throw new IllegalArgumentException("Text has no batches of " + tokens.getCount() + " tokens.");
        };
    }
}
