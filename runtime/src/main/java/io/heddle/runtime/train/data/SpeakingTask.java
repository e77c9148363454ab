package io.heddle.runtime.train.data;

import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.PairText;
import io.heddle.runtime.data.RecordingData;
import io.heddle.runtime.data.SpokenData;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.SpeakingRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Texts to read, and recordings to say them as. */
public final class SpeakingTask implements TrainingData {
    /** Padded numbers of positions are rounded up to this, so that few shapes, and few programs, are made. */
    private static final int LENGTH_MULTIPLE = 4;

    private final SpokenData training;
    private final SpokenData validation;
    private final Tokenizer read;
    private final Batching batching;
    private final Recipe recipe;
    private final SpeakingRoles roles;

    private SpeakingTask(
            SpokenData training, SpokenData validation, Tokenizer read, Recipe recipe, SpeakingRoles roles) {
        this.training = training;
        this.validation = validation;
        this.read = read;
        this.recipe = recipe;
        this.roles = roles;
        batching = batching(recipe.getBatch())
                .roundedTo(roles.spokenLimit().map(it -> it.multiple(LENGTH_MULTIPLE)).orElse(LENGTH_MULTIPLE));
    }

    /** Reads the lists and their recordings, as {@link RecordingTask#open} does. */
    static SpeakingTask open(Data.Recordings said, Recipe recipe, SpeakingRoles roles, Path base) {
        Path learned = base.resolve(said.getTraining());
        Path held = base.resolve(said.getValidation());
        PairText training = RecordingData.list(learned);
        PairText validation = RecordingData.list(held);
        Tokenizer read = LearnedTokenizers.ofSentences(said.getTokenizer(), training.targets(), base);
        Vocabularies.check(roles.read(), read.vocabularySize());
        SpokenData heldOut = spoken(RecordingData.all(held, validation, read, said), roles);
        SpokenData taught = spoken(RecordingData.notTooLong(learned, training, read, said), roles);
        return new SpeakingTask(taught, heldOut, read, recipe, roles);
    }

    /**
     * The recordings of another list, for a model that has learned to speak by a recipe.
     *
     * @throws io.heddle.check.ProblemsException when they cannot be read, or are longer than the model has positions
     */
    public static SpokenData read(Data.Recordings said, Path list, Tokenizer read, SpeakingRoles roles) {
        return spoken(RecordingData.all(list, RecordingData.list(list), read, said), roles);
    }

    private static SpokenData spoken(RecordingData recordings, SpeakingRoles roles) {
        SpokenData spoken = new SpokenData(recordings, roles.before().getReduction());
        spoken.requirePositions(roles.readLimit(), roles.spokenLimit());
        return spoken;
    }

    private static Batching batching(Batch batch) {
        return switch (batch) {
            case Batch.Sequences recordings -> Batching.alike(recordings.getCount());
            case Batch.Tokens positions -> Batching.tokens(positions.getCount());
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

    /** The held-out recordings. */
    public SpokenData heldOut() {
        return validation;
    }

    @Override
    public BatchFeed feed() {
        return BatchFeed.of(roles);
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.of(Tokenizers.shared(read));
    }

    @Override
    public DataMark mark() {
        return training.recordings().mark(validation.recordings(), sizes());
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d recordings to learn from, %,d held out, with %,d and %,d frames, %,d different tokens",
                training.size(),
                validation.size(),
                training.recordings().frames(),
                validation.recordings().frames(),
                read.vocabularySize());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(sizes());
        int leftOut = training.recordings().leftOut();
        if (leftOut > 0) {
            remarks.add(String.format(Locale.ROOT, "%,d recordings that are too long are left out", leftOut));
        }
        return remarks;
    }
}
