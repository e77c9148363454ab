package io.heddle.runtime.train.data;

import io.heddle.model.Model;
import io.heddle.recipe.Batch;
import io.heddle.recipe.BoxedSource;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.BoxedData;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.BoxRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pictures to look at, and boxes and classes to say of the objects on them. */
public final class BoxTask implements TrainingData {
    private final List<String> classes;
    private final BoxedData training;
    private final BoxedData validation;
    private final Batching batching;
    private final Recipe recipe;
    private final BoxRoles roles;

    private BoxTask(Data.BoxedPictures said, Recipe recipe, BoxRoles roles, Path base) {
        classes = said.getClasses();
        training = BoxedData.open(said, base, said.getTraining(), "training", roles.size(), roles.patches());
        validation = BoxedData.open(said, base, said.getValidation(), "validation", roles.size(), roles.patches());
        batching = batching(recipe.getBatch());
        this.recipe = recipe;
        this.roles = roles;
    }

    /** Reads the files, as {@link TextTask#open} does, or draws the pictures. */
    static BoxTask open(Data.BoxedPictures said, Recipe recipe, Model model, Path base) {
        return new BoxTask(said, recipe, BoxRoles.of(model), base);
    }

    /** The pictures of other files, read and scaled as those of a recipe are. */
    public static BoxedData read(Data.BoxedPictures said, BoxedSource.Coco files, BoxRoles roles) {
        return BoxedData.open(said, Path.of(""), files, "files", roles.size(), roles.patches());
    }

    /** How many pictures make a batch. */
    public static Batching batching(Batch batch) {
        return switch (batch) {
            case Batch.Sequences pictures -> Batching.sentences(pictures.getCount());
            case Batch.Tokens tokens ->
                    throw new IllegalArgumentException("Pictures have no batches of " + tokens.getCount() + " tokens.");
        };
    }

    @Override
    public TrainingBatches training() {
        return new EpochBatches(training, batching, recipe.getSeed());
    }

    @Override
    public EvaluationBatches validation(long step) {
        return HeldOutBatches.of(validation, batching, recipe, step);
    }

    @Override
    public BatchFeed feed() {
        return BatchFeed.of(roles);
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.empty();
    }

    /** What says what is where. */
    public BoxRoles roles() {
        return roles;
    }

    /** What kinds of objects are called. */
    public List<String> names() {
        return classes;
    }

    @Override
    public DataMark mark() {
        return training.mark(validation, sizes());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(List.of(sizes()));
        if (training.crowds() + validation.crowds() > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%,d and %,d boxes around crowds are left out",
                    training.crowds(),
                    validation.crowds()));
        }
        return remarks;
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d pictures to learn from, %,d held out, with %,d and %,d objects",
                training.size(),
                validation.size(),
                training.objects(),
                validation.objects());
    }
}
