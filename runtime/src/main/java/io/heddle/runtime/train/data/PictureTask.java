package io.heddle.runtime.train.data;

import io.heddle.model.Model;
import io.heddle.recipe.Augmentation;
import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.HeldOutPictures;
import io.heddle.recipe.PictureFiles;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.PictureData;
import io.heddle.runtime.data.Pictures;
import io.heddle.runtime.data.ShiftedPictures;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.PictureRoles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pictures to look at and classes to say of them. */
public final class PictureTask implements TrainingData {
    private final Data.Pictures said;
    private final PictureData training;
    private final PictureData validation;
    private final int batch;
    private final Recipe recipe;
    private final PictureRoles roles;

    private PictureTask(
            Data.Pictures said, Pictures training, Pictures validation, int batch, Recipe recipe, PictureRoles roles) {
        this.said = said;
        this.training = new PictureData(training, said.getScaling(), roles.patches());
        this.validation = new PictureData(validation, said.getScaling(), roles.patches());
        this.batch = batch;
        this.recipe = recipe;
        this.roles = roles;
    }

    /** Reads the files, as {@link TextTask#open} does. */
    static PictureTask open(Data.Pictures said, Recipe recipe, Model model, Path base) {
        PictureRoles roles = PictureRoles.of(model);
        Pictures all = read(said, base, said.getTraining(), roles);
        int batch = batch(recipe.getBatch());
        return switch (said.getValidation()) {
            case HeldOutPictures.Files files -> new PictureTask(
                    said, all, read(said, base, files.getFiles(), roles), batch, recipe, roles);
            case HeldOutPictures.Last last -> {
                Pictures learned = all.withoutLast(last.getCount());
                yield new PictureTask(said, learned, all.last(last.getCount()), batch, recipe, roles);
            }
        };
    }

    private static Pictures read(Data.Pictures said, Path base, PictureFiles files, PictureRoles roles) {
        Pictures pictures = Pictures.read(base, files, said.getClasses());
        pictures.requireSize(roles.size(), roles.seen().getName());
        return pictures;
    }

    /** The pictures of other files, read and scaled as those of a recipe are. */
    public static PictureData read(Data.Pictures said, PictureFiles files, PictureRoles roles) {
        return new PictureData(read(said, Path.of(""), files, roles), said.getScaling(), roles.patches());
    }

    private static int batch(Batch batch) {
        return switch (batch) {
            case Batch.Sequences pictures -> pictures.getCount();
            case Batch.Tokens tokens ->
                    throw new IllegalArgumentException("Pictures have no batches of " + tokens.getCount() + " tokens.");
        };
    }

    @Override
    public TrainingBatches training() {
        EpochBatches batches = new EpochBatches(training, Batching.sentences(batch), recipe.getSeed());
        return switch (said.getAugmentation()) {
            case Augmentation.None _ -> batches;
            case Augmentation.Shift shift ->
                    new ShiftedPictures(batches, shift.getPixels(), training.background(), recipe.getSeed());
        };
    }

    @Override
    public EvaluationBatches validation(long step) {
        return HeldOutBatches.of(validation, Batching.sentences(batch), recipe, step);
    }

    @Override
    public BatchFeed feed() {
        return BatchFeed.of(roles);
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.empty();
    }

    /** What scores the classes. */
    public String scores() {
        return roles.labels().getName();
    }

    /** What the classes are called. */
    public List<String> names() {
        return said.getClasses();
    }

    @Override
    public DataMark mark() {
        return training.mark(validation, sizes());
    }

    @Override
    public List<String> remarks() {
        return List.of(sizes());
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d pictures to learn from, %,d held out, of %d x %d pixels",
                training.size(),
                validation.size(),
                roles.size().rows(),
                roles.size().columns());
    }
}
