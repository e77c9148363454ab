package io.heddle.runtime.train.data;

import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.Tokenization;
import io.heddle.runtime.data.ContinuedSegments;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.OrderedSegments;
import io.heddle.runtime.data.OrderedWindows;
import io.heddle.runtime.data.RandomWindows;
import io.heddle.runtime.data.TextData;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.ModelRoles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Running text to go on with: windows of it that are drawn, or, for a model that remembers what stands before them, segments
 * in the order of the text, so that each row of a batch goes on where it ended.
 */
public final class TextTask implements TrainingData {
    private final TextData data;
    private final Tokenizer tokenizer;
    private final int rows;
    private final int context;
    private final int memory;
    private final Recipe recipe;
    private final BatchFeed feed;

    private TextTask(
            TextData data, Tokenizer tokenizer, int rows, int context, int memory, Recipe recipe, BatchFeed feed) {
        this.data = data;
        this.tokenizer = tokenizer;
        this.rows = rows;
        this.context = context;
        this.memory = memory;
        this.recipe = recipe;
        this.feed = feed;
    }

    /**
     * Reads the files.
     *
     * @param base what relative paths are relative to
     * @throws io.heddle.check.ProblemsException when a file is missing, empty or no text, is too short, or has tokens that the
     *     model does not know
     */
    static TextTask open(Data.Text text, Recipe recipe, ModelRoles roles, Path base, int rows) {
        List<TextFile> files = TextFile.readAll(text.getFiles().stream().map(base::resolve).toList());
        Tokenizer tokenizer = tokenizer(text.getTokenizer(), files, base);
        Vocabularies.checkWritten(roles, tokenizer.vocabularySize());
        TextData data = TextData.split(files, tokenizer, 1 - text.getValidation());
        return new TextTask(data, tokenizer, rows, text.getContext(), roles.memory(), recipe, BatchFeed.of(roles));
    }

    /** The tokenizer that is said for the text of {@code files}. */
    static Tokenizer tokenizer(Tokenization said, List<TextFile> files, Path base) {
        return LearnedTokenizers.ofTexts(said, files.stream().map(TextFile::text).toList(), base);
    }

    @Override
    public TrainingBatches training() {
        return memory == 0
                ? new RandomWindows(data.training(), rows, context, recipe.getSeed(), "training")
                : segments();
    }

    private ContinuedSegments segments() {
        return new ContinuedSegments(data.training(), rows, recipe.getAccumulation(), context);
    }

    @Override
    public EvaluationBatches validation(long step) {
        return memory == 0 ? windows(step) : heldOut();
    }

    private EvaluationBatches heldOut() {
        OrderedSegments all = OrderedSegments.of(data.validation(), rows, context);
        return switch (recipe.getEvaluation().getBatches()) {
            case io.heddle.recipe.EvaluationBatches.All _ -> all;
            case io.heddle.recipe.EvaluationBatches.Drawn drawn -> all.first(drawn.getCount());
        };
    }

    private EvaluationBatches windows(long step) {
        return switch (recipe.getEvaluation().getBatches()) {
            case io.heddle.recipe.EvaluationBatches.All _ -> new OrderedWindows(data.validation(), rows, context);
            case io.heddle.recipe.EvaluationBatches.Drawn drawn ->
                    new RandomWindows(data.validation(), rows, context, recipe.getSeed(), "validation")
                            .sample(step, drawn.getCount());
        };
    }

    @Override
    public BatchFeed feed() {
        return feed;
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.of(Tokenizers.shared(tokenizer));
    }

    @Override
    public DataMark mark() {
        return data.mark(sizes());
    }

    @Override
    public List<String> remarks() {
        if (memory == 0) {
            return List.of(sizes());
        }
        ContinuedSegments segments = segments();
        return List.of(sizes(), String.format(
                Locale.ROOT,
                "the model remembers up to %,d tokens: %,d rows of %,d tokens go on from batch to batch",
                memory,
                segments.rows(),
                segments.length()));
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d tokens to learn from, %,d held out, %,d different ones",
                data.training().length(),
                data.validation().length(),
                tokenizer.vocabularySize());
    }
}
