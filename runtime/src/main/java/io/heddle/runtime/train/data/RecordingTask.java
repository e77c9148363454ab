package io.heddle.runtime.train.data;

import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.data.PairText;
import io.heddle.runtime.data.RecordingData;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.ModelRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Recordings to hear, and what is said in them to write. */
public final class RecordingTask implements TrainingData {
    /** Padded numbers of frames are rounded up to this, so that few shapes, and few programs, are made. */
    private static final int FRAMES_MULTIPLE = 16;

    private final RecordingData training;
    private final RecordingData validation;
    private final Tokenizer written;
    private final Batching batching;
    private final Recipe recipe;
    private final BatchFeed feed;

    private RecordingTask(
            RecordingData training, RecordingData validation, Tokenizer written, Recipe recipe, ModelRoles roles) {
        this.training = training;
        this.validation = validation;
        this.written = written;
        this.recipe = recipe;
        batching = batching(recipe.getBatch()).roundedTo(roles.heardLimit().isPresent() ? 1 : FRAMES_MULTIPLE);
        feed = BatchFeed.of(roles);
    }

    /** Reads the lists and their recordings, as {@link TextTask#open} does. */
    static RecordingTask open(Data.Recordings said, Recipe recipe, ModelRoles roles, Path base) {
        Path learned = base.resolve(said.getTraining());
        Path held = base.resolve(said.getValidation());
        PairText training = RecordingData.list(learned);
        PairText validation = RecordingData.list(held);
        Tokenizer written = LearnedTokenizers.ofSentences(said.getTokenizer(), training.targets(), base);
        Vocabularies.checkWritten(roles, written.vocabularySize());
        RecordingData heldOut = RecordingData.all(held, validation, written, said);
        requirePositions(heldOut, roles);
        return new RecordingTask(
                RecordingData.notTooLong(learned, training, written, said), heldOut, written, recipe, roles);
    }

    /**
     * The recordings of another list, heard as those of a recipe are.
     *
     * @throws io.heddle.check.ProblemsException when they cannot be read, or are longer than the model has positions
     */
    public static RecordingData read(Data.Recordings said, Path list, Tokenizer written, ModelRoles roles) {
        RecordingData recordings = RecordingData.all(list, RecordingData.list(list), written, said);
        requirePositions(recordings, roles);
        return recordings;
    }

    private static void requirePositions(RecordingData recordings, ModelRoles roles) {
        recordings.requirePositions(
                roles.heardLimit(),
                frames -> ModelRoles.positions(roles.heard().orElseThrow(), frames),
                roles.writtenLimit());
    }

    private static Batching batching(Batch batch) {
        return switch (batch) {
            case Batch.Sequences recordings -> Batching.alike(recordings.getCount());
            case Batch.Tokens frames -> Batching.tokens(frames.getCount());
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

    /** Which held-out recordings are in {@link #validation}, by their numbers. */
    public int[] validationRecordings(long step) {
        OrderedBatches batches = HeldOutBatches.of(validation, batching, recipe, step);
        return IntStream.range(0, batches.count()).flatMap(number -> IntStream.of(batches.examples(number))).toArray();
    }

    /** How what is written becomes token ids, and text again. */
    public Tokenizer written() {
        return written;
    }

    /** The held-out recordings, for metrics on what a model writes by itself. */
    public RecordingData heldOut() {
        return validation;
    }

    @Override
    public BatchFeed feed() {
        return feed;
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.of(Tokenizers.shared(written));
    }

    @Override
    public DataMark mark() {
        return training.mark(validation, sizes());
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d recordings to learn from, %,d held out, with %,d and %,d frames, %,d different tokens",
                training.size(),
                validation.size(),
                training.frames(),
                validation.frames(),
                written.vocabularySize());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(sizes());
        if (training.leftOut() > 0) {
            remarks.add(
                    String.format(Locale.ROOT, "%,d recordings that are too long are left out", training.leftOut()));
        }
        return remarks;
    }
}
