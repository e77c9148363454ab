package io.heddle.runtime.train.data;

import io.heddle.model.Model;
import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.Tokenization;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.DroppedWords;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.LabelReader;
import io.heddle.runtime.data.LabelledData;
import io.heddle.runtime.data.LabelledText;
import io.heddle.runtime.data.PositionLimit;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.WordDropout;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.LabelRoles;
import io.heddle.runtime.model.ModelRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Texts to read and labels to say of them: a class of each text, or a tag of each word. */
public final class LabelTask implements TrainingData {
    /** Padded lengths are rounded up to this, so that few shapes, and few programs, are made. */
    private static final int LENGTH_MULTIPLE = 4;

    private final Kind kind;
    private final LabelledData training;
    private final LabelledData validation;
    private final Tokenizer tokenizer;
    private final Batching batching;
    private final double wordDropout;
    private final Recipe recipe;
    private final LabelRoles roles;

    /** What has a label, with what labels are called. */
    private sealed interface Kind {
        List<String> names();

        record Texts(List<String> names) implements Kind {}

        record Words(List<String> names) implements Kind {}
    }

    private LabelTask(
            Kind kind,
            LabelledData training,
            LabelledData validation,
            Tokenizer tokenizer,
            double wordDropout,
            Recipe recipe,
            LabelRoles roles) {
        this.kind = kind;
        this.training = training;
        this.validation = validation;
        this.tokenizer = tokenizer;
        this.wordDropout = wordDropout;
        this.recipe = recipe;
        this.roles = roles;
        Optional<PositionLimit> limit = ModelRoles.limit(roles.read());
        Vocabularies.check(roles.read(), tokenizer);
        limit.ifPresent(validation::requirePositions);
        batching = batching(recipe.getBatch())
                .roundedTo(limit.map(it -> it.multiple(LENGTH_MULTIPLE)).orElse(LENGTH_MULTIPLE));
    }

    /** Reads the files of {@code texts}, as {@link TextTask#open} does. */
    static LabelTask open(Data.LabelledTexts texts, Recipe recipe, Model model, Path base) {
        List<LabelledText> learned = read(texts, base.resolve(texts.getTraining()));
        List<LabelledText> heldOut = read(texts, base.resolve(texts.getValidation()));
        Tokenizer tokenizer = tokenizer(texts.getTokenizer(), learned, base);
        return new LabelTask(
                new Kind.Texts(texts.getClasses()),
                LabelledData.ofTexts(learned, tokenizer, texts.getMaximumLength()),
                LabelledData.ofTexts(heldOut, tokenizer, texts.getMaximumLength()),
                tokenizer,
                texts.getWordDropout(),
                recipe,
                LabelRoles.of(model));
    }

    /** Reads the files of {@code words}, as {@link TextTask#open} does. */
    static LabelTask open(Data.TaggedWords words, Recipe recipe, Model model, Path base) {
        List<List<LabelledText>> learned = read(words, base.resolve(words.getTraining()));
        List<List<LabelledText>> heldOut = read(words, base.resolve(words.getValidation()));
        List<LabelledText> known = learned.stream().flatMap(List::stream).toList();
        Tokenizer tokenizer = tokenizer(words.getTokenizer(), known, base);
        return new LabelTask(
                new Kind.Words(words.getTags()),
                LabelledData.ofSentences(learned, tokenizer, words.getMaximumLength()),
                LabelledData.ofSentences(heldOut, tokenizer, Integer.MAX_VALUE),
                tokenizer,
                words.getWordDropout(),
                recipe,
                LabelRoles.of(model));
    }

    private static List<LabelledText> read(Data.LabelledTexts texts, Path file) {
        return LabelReader.texts(file, texts.getColumns(), texts.getClasses());
    }

    private static List<List<LabelledText>> read(Data.TaggedWords words, Path file) {
        return LabelReader.sentences(file, words.getColumns(), words.getTags());
    }

    /**
     * The examples of another file, read as those of a recipe are.
     *
     * @param data the recipe's
     * @return empty when the recipe's data has no labels
     */
    public static Optional<LabelledData> read(Data data, Path file, Tokenizer tokenizer) {
        return switch (data) {
            case Data.LabelledTexts texts ->
                    Optional.of(LabelledData.ofTexts(read(texts, file), tokenizer, texts.getMaximumLength()));
            case Data.TaggedWords words ->
                    Optional.of(LabelledData.ofSentences(read(words, file), tokenizer, Integer.MAX_VALUE));
            case Data.Text _,Data.MaskedText _,Data.Pairs _,Data.ReverseTask _,Data.Pictures _,Data.BoxedPictures _,Data.BlockGraphs _,Data.Recordings _ ->
                    Optional.empty();
        };
    }

    /** What the labels of a recipe's data are called; none where it has no labels. */
    public static List<String> names(Data data) {
        return switch (data) {
            case Data.LabelledTexts texts -> texts.getClasses();
            case Data.TaggedWords words -> words.getTags();
            case Data.Text _,Data.MaskedText _,Data.Pairs _,Data.ReverseTask _,Data.Pictures _,Data.BoxedPictures _,Data.BlockGraphs _,Data.Recordings _ ->
                    List.of();
        };
    }

    private static Tokenizer tokenizer(Tokenization said, List<LabelledText> texts, Path base) {
        return LearnedTokenizers.ofSentences(said, texts.stream().map(LabelledText::text).toList(), base);
    }

    private static Batching batching(Batch batch) {
        return switch (batch) {
            case Batch.Sequences sequences -> Batching.alike(sequences.getCount());
            case Batch.Tokens tokens -> Batching.tokens(tokens.getCount());
        };
    }

    @Override
    public TrainingBatches training() {
        EpochBatches known = new EpochBatches(training, batching, recipe.getSeed());
        return wordDropout == 0
                ? known
                : new DroppedWords(known, new WordDropout(wordDropout, recipe.getSeed(), tokenizer));
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
        return Optional.of(Tokenizers.shared(tokenizer));
    }

    /** What scores the labels. */
    public String scores() {
        return roles.labels().getName();
    }

    /** What the labels are called. */
    public List<String> names() {
        return kind.names();
    }

    /** Whether words have labels, and not texts. */
    public boolean hasTags() {
        return kind instanceof Kind.Words;
    }

    @Override
    public DataMark mark() {
        return training.mark(validation, sizes());
    }

    private String sizes() {
        return switch (kind) {
            case Kind.Texts _ -> String.format(
                    Locale.ROOT,
                    "%,d texts to learn from, %,d held out, %,d different tokens",
                    training.size(),
                    validation.size(),
                    tokenizer.vocabularySize());
            case Kind.Words _ -> String.format(
                    Locale.ROOT,
                    "%,d sentences to learn from, %,d held out, with %,d and %,d words, %,d different tokens",
                    training.size(),
                    validation.size(),
                    training.labels(),
                    validation.labels(),
                    tokenizer.vocabularySize());
        };
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(List.of(sizes()));
        switch (kind) {
            case Kind.Texts _ -> {
                if (training.changed() + validation.changed() > 0) {
                    remarks.add(String.format(
                            Locale.ROOT,
                            "of %,d and %,d longer texts the beginning is read",
                            training.changed(),
                            validation.changed()));
                }
            }
            case Kind.Words _ -> {
                if (training.changed() > 0) {
                    remarks.add(String.format(
                            Locale.ROOT, "%,d sentences that are too long are left out", training.changed()));
                }
            }
        }
        return remarks;
    }
}
