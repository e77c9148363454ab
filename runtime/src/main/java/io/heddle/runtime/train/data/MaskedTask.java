package io.heddle.runtime.train.data;

import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.MaskedEvaluation;
import io.heddle.runtime.data.MaskedWindows;
import io.heddle.runtime.data.Masking;
import io.heddle.runtime.data.OrderedWindows;
import io.heddle.runtime.data.RandomWindows;
import io.heddle.runtime.data.TextData;
import io.heddle.runtime.data.TokenStream;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.ModelRoles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Running text whose hidden words are to be filled in. */
public final class MaskedTask implements TrainingData {
    private final Data.MaskedText said;
    private final TextData data;
    private final Tokenizer tokenizer;
    private final int rows;
    private final Recipe recipe;
    private final String scores;
    private final BatchFeed feed;

    private MaskedTask(
            Data.MaskedText said, TextData data, Tokenizer tokenizer, int rows, Recipe recipe, ModelRoles roles) {
        this.said = said;
        this.data = data;
        this.tokenizer = tokenizer;
        this.rows = rows;
        this.recipe = recipe;
        scores = roles.logits().getName();
        feed = BatchFeed.of(roles);
    }

    /** Reads the files, as {@link TextTask#open} does. */
    static MaskedTask open(Data.MaskedText text, Recipe recipe, ModelRoles roles, Path base, int rows) {
        List<TextFile> files = TextFile.readAll(text.getFiles().stream().map(base::resolve).toList());
        Tokenizer tokenizer = TextTask.tokenizer(text.getTokenizer(), files, base);
        Vocabularies.checkWritten(roles, tokenizer.vocabularySize() + 1);
        TextData data = TextData.split(files, tokenizer, 1 - text.getValidation());
        return new MaskedTask(text, data, tokenizer, rows, recipe, roles);
    }

    private Masking masking(String purpose) {
        return new Masking(said.getShare(), tokenizer.vocabularySize(), recipe.getSeed(), purpose);
    }

    private RandomWindows windows(TokenStream tokens, String purpose) {
        return new RandomWindows(tokens, rows, said.getContext(), recipe.getSeed(), purpose);
    }

    @Override
    public TrainingBatches training() {
        return new MaskedWindows(windows(data.training(), "training"), masking("training"));
    }

    @Override
    public EvaluationBatches validation(long step) {
        EvaluationBatches text = switch (recipe.getEvaluation().getBatches()) {
            case io.heddle.recipe.EvaluationBatches.All _ ->
                    new OrderedWindows(data.validation(), rows, said.getContext());
            case io.heddle.recipe.EvaluationBatches.Drawn drawn ->
                    windows(data.validation(), "validation").sample(step, drawn.getCount());
        };
        return new MaskedEvaluation(text, masking("validation"));
    }

    @Override
    public BatchFeed feed() {
        return feed;
    }

    /** What scores the hidden words. */
    public String scores() {
        return scores;
    }

    @Override
    public DataMark mark() {
        return data.mark(sizes());
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.of(Tokenizers.shared(tokenizer));
    }

    @Override
    public List<String> remarks() {
        return List.of(sizes());
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d tokens to learn from, %,d held out, %,d different ones and the mask",
                data.training().length(),
                data.validation().length(),
                tokenizer.vocabularySize());
    }
}
