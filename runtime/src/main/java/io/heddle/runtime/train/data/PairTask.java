package io.heddle.runtime.train.data;

import io.heddle.model.TokenInput;
import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.DecoderInput;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.Tokenization;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EmptySides;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.HiddenTargetBatches;
import io.heddle.runtime.data.HiddenTargetEvaluation;
import io.heddle.runtime.data.HiddenTargets;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.data.PairData;
import io.heddle.runtime.data.PairEncoding;
import io.heddle.runtime.data.PairFiles;
import io.heddle.runtime.data.PairText;
import io.heddle.runtime.data.ReverseTask;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.data.tokenizer.WordTokenizer;
import io.heddle.runtime.model.ModelRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A source to read and a target to write. */
public final class PairTask implements TrainingData {
    /** Padded lengths are rounded up to this, so that few shapes, and few programs, are made. */
    private static final int LENGTH_MULTIPLE = 4;

    private final PairData training;
    private final PairData validation;
    private final Tokenizers tokenizers;
    private final Batching batching;
    private final Recipe recipe;
    private final BatchFeed feed;

    private PairTask(
            PairData training,
            PairData validation,
            Tokenizers tokenizers,
            Batching batching,
            Recipe recipe,
            BatchFeed feed) {
        this.training = training;
        this.validation = validation;
        this.tokenizers = tokenizers;
        this.batching = batching;
        this.recipe = recipe;
        this.feed = feed;
    }

    /** Reads the files of {@code pairs}, as {@link TextTask#open} does. */
    static PairTask open(Data.Pairs pairs, Recipe recipe, ModelRoles roles, Path base) {
        PairText training = PairText.read(files(pairs.getTraining(), base), EmptySides.SKIP);
        PairText validation = PairText.read(files(pairs.getValidation(), base), EmptySides.SKIP);
        Tokenizer read = tokenizer(pairs.getSource(), pairs.getTarget(), training.sources(), training.targets(), base);
        Tokenizer written =
                tokenizer(pairs.getTarget(), pairs.getSource(), training.targets(), training.sources(), base);
        return of(training, validation, new Tokenizers(read, written), pairs.getMaximumLength(), recipe, roles);
    }

    /** Writes the reverse task's files to {@code folder}, over those that are there, and reads them. */
    static PairTask open(Data.ReverseTask task, Recipe recipe, ModelRoles roles, Path folder) {
        new ReverseTask(
                task.getPairs(),
                task.getValidationPairs(),
                task.getValidationPairs(),
                task.getSymbols(),
                task.getMaximumLength(),
                task.getSeed(),
                task.getLonger())
                .write(folder);
        PairText training = PairText.read(part(folder, "train"), EmptySides.REFUSE);
        PairText validation = PairText.read(part(folder, "dev"), EmptySides.REFUSE);
        Tokenizer words = WordTokenizer.of(training.sources(), 1);
        return of(training, validation, Tokenizers.shared(words), task.getMaximumLength(), recipe, roles);
    }

    private static PairFiles part(Path folder, String name) {
        return new PairFiles.TwoFiles(folder.resolve(name + ".src"), folder.resolve(name + ".trg"));
    }

    private static PairTask of(
            PairText training,
            PairText validation,
            Tokenizers tokenizers,
            int maximumLength,
            Recipe recipe,
            ModelRoles roles) {
        roles.read().ifPresent(input -> Vocabularies.check(input, tokenizers.read()));
        Optional<HiddenTargets> hidden = hidden(recipe, tokenizers, "training");
        int mask = hidden.isPresent() && roles.written() instanceof TokenInput ? 1 : 0;
        Vocabularies.checkWritten(roles, tokenizers.written().vocabularySize() + mask);
        PairEncoding encoding = PairEncoding.DEFAULT.copying(roles.copied());
        PairData heldOut = PairData.encode(validation, tokenizers.read(), tokenizers.written(), encoding);
        heldOut.requirePositions(roles.readLimit(), roles.writtenLimit());
        PairData learned =
                PairData.encode(training, tokenizers.read(), tokenizers.written(), encoding.atMost(maximumLength));
        roles.length().ifPresent(head -> Stream.of(learned, heldOut).forEach(pairs -> pairs.requireForetold(head)));
        return new PairTask(
                learned,
                heldOut,
                tokenizers,
                batching(recipe.getBatch()).roundedTo(multiple(roles)),
                recipe,
                BatchFeed.of(roles));
    }

    /** How words of targets are hidden from a decoder that fills them in; empty where it reads those before. */
    public static Optional<HiddenTargets> hidden(Recipe recipe, Tokenizers tokenizers, String purpose) {
        int mask = tokenizers.written().vocabularySize();
        return switch (recipe.getDecoderInput()) {
            case DecoderInput.TeacherForcing _,DecoderInput.ScheduledSampling _ -> Optional.empty();
            case DecoderInput.Blanks _ ->
                    Optional.of(new HiddenTargets(HiddenTargets.Share.ALL, mask, recipe.getSeed(), purpose));
            case DecoderInput.Masked _ ->
                    Optional.of(new HiddenTargets(HiddenTargets.Share.DRAWN, mask, recipe.getSeed(), purpose));
        };
    }

    private static Batching batching(Batch batch) {
        return switch (batch) {
            case Batch.Sequences sequences -> Batching.sentences(sequences.getCount());
            case Batch.Tokens tokens -> Batching.tokens(tokens.getCount());
        };
    }

    private static int multiple(ModelRoles roles) {
        return Stream.of(roles.readLimit(), roles.writtenLimit())
                .flatMap(Optional::stream)
                .mapToInt(limit -> limit.multiple(LENGTH_MULTIPLE))
                .min()
                .orElse(LENGTH_MULTIPLE);
    }

    private static PairFiles files(io.heddle.recipe.PairFiles files, Path base) {
        return switch (files) {
            case io.heddle.recipe.PairFiles.TwoFiles two ->
                    new PairFiles.TwoFiles(base.resolve(two.getSource()), base.resolve(two.getTarget()));
            case io.heddle.recipe.PairFiles.TabSeparated one ->
                    new PairFiles.TabSeparated(base.resolve(one.getFile()));
            case io.heddle.recipe.PairFiles.Aligned three -> new PairFiles.Aligned(
                    base.resolve(three.getSource()),
                    base.resolve(three.getTarget()),
                    base.resolve(three.getAlignments()));
        };
    }

    /** A tokenizer for one side, made of both sides where both say the same words. */
    private static Tokenizer tokenizer(
            Tokenization said, Tokenization other, List<String> own, List<String> others, Path base) {
        List<String> lines = new ArrayList<>(own);
        if (said.equals(other)) {
            lines.addAll(others);
        }
        return LearnedTokenizers.ofSentences(said, lines, base);
    }

    @Override
    public TrainingBatches training() {
        TrainingBatches batches = new EpochBatches(training, batching, recipe.getSeed());
        return hidden(recipe, tokenizers, "training")
                .<TrainingBatches>map(hidden -> new HiddenTargetBatches(batches, hidden))
                .orElse(batches);
    }

    @Override
    public EvaluationBatches validation(long step) {
        EvaluationBatches batches = HeldOutBatches.of(validation, batching, recipe, step);
        return hidden(recipe, tokenizers, "validation")
                .<EvaluationBatches>map(hidden -> new HiddenTargetEvaluation(batches, hidden))
                .orElse(batches);
    }

    /** Which held-out pairs are in {@link #validation}, by their numbers. */
    public int[] validationPairs(long step) {
        OrderedBatches batches = HeldOutBatches.of(validation, batching, recipe, step);
        return IntStream.range(0, batches.count()).flatMap(number -> IntStream.of(batches.examples(number))).toArray();
    }

    /** How what is written becomes token ids, and text again. */
    public Tokenizer written() {
        return tokenizers.written();
    }

    /** The held-out pairs, for metrics on what a model writes by itself. */
    public PairData heldOut() {
        return validation;
    }

    @Override
    public BatchFeed feed() {
        return feed;
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.of(tokenizers);
    }

    @Override
    public DataMark mark() {
        return training.mark(validation, sizes());
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d pairs to learn from, %,d held out, %,d and %,d different tokens",
                training.size(),
                validation.size(),
                tokenizers.read().vocabularySize(),
                tokenizers.written().vocabularySize());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(sizes());
        if (training.skippedEmpty() > 0) {
            remarks.add(
                    String.format(Locale.ROOT, "%,d pairs with an empty side are left out", training.skippedEmpty()));
        }
        if (training.skippedLong() > 0) {
            remarks.add(String.format(Locale.ROOT, "%,d pairs that are too long are left out", training.skippedLong()));
        }
        return remarks;
    }
}
