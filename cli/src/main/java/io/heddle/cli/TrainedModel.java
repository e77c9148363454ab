package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Prompts;
import io.heddle.runtime.generate.UsualDecoding;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.DecodingMessages;
import io.heddle.runtime.messages.ImportMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What a training made: a model with its weights, and the tokenizers for its text. */
record TrainedModel(
        RunnableModel model,
        Tokenizers tokenizers,
        ModelRoles roles,
        Optional<Recipe> recipe,
        OptionalInt beginning,
        Optional<RunnableModel> scorer) {
    /** What was trained just now. */
    static TrainedModel of(RunnableModel model, Tokenizers tokenizers, Recipe recipe) {
        var beginning = tokenizers.written().specialIds().begin();
        return new TrainedModel(model, tokenizers, ModelRoles.of(model.model()), Optional.of(recipe), beginning, Optional.empty());
    }

    /**
     * Reads the folder that a training wrote, or an import.
     *
     * @throws io.heddle.check.ProblemsException when there is none, or it is broken
     */
    static TrainedModel open(Path folder, Engine engine, StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        var imported = ImportedCheckpoint.of(checkpoint);
        var roles = ModelRoles.find(checkpoint.model())
                .orElseThrow(() -> new ProblemsException(
                        ImportMessages.writesNothing(folder, checkpoint.model().getName())));
        if (imported.isPresent() && !checkpoint.hasTokenizer()) {
            throw new ProblemsException(ImportMessages.noTokenizer(folder));
        }
        var tokenizers = checkpoint.tokenizers();
        var beginning = imported.isPresent() ? imported.get().beginning() : tokenizers.written().specialIds().begin();
        if (imported.isPresent() && roles.read().isPresent() && beginning.isEmpty()) {
            throw new ProblemsException(ImportMessages.noBeginning(folder));
        }
        var recipe = imported.isPresent() ? Optional.<Recipe>empty() : Optional.of(checkpoint.recipe());
        var model = RunnableModel.blank(checkpoint.model(), engine);
        checkpoint.loadWeights(model.weights());
        return new TrainedModel(weights.of(model), tokenizers, roles, recipe, beginning, Optional.empty());
    }

    /**
     * The same, whose answers another model chooses among.
     *
     * @throws io.heddle.check.ProblemsException when it has other tokens
     */
    TrainedModel scoredBy(TrainedModel other) {
        if (!tokenizers.equals(other.tokenizers)) {
            throw new ProblemsException(DecodingMessages.scorerHasOtherTokens(
                    other.model.model().getName(),
                    other.tokenizers.written().vocabularySize(),
                    tokenizers.written().vocabularySize()));
        }
        return new TrainedModel(model, tokenizers, roles, recipe, beginning, Optional.of(other.model));
    }

    /**
     * What lets it write.
     *
     * @throws io.heddle.check.ProblemsException when it cannot write by this decoding
     */
    Generator generator(Decoding decoding, long seed) {
        var generator = Generator.of(model, decoding, tokenizers.written(), seed);
        return scorer.map(generator::scoredBy).orElse(generator);
    }

    /** What prompts are to it, which {@code place} gives. */
    Prompts prompts(String place) {
        return new Prompts(tokenizers, roles, place,
                recipe.isPresent() ? Prompts.Ends.END : Prompts.Ends.TOKENIZER);
    }

    /**
     * How it writes where nothing is said: one that writes all words at once as it was trained to, in passes or in one;
     * another one as {@code otherwise}.
     */
    Decoding usual(Decoding otherwise) {
        return recipe.map(it -> UsualDecoding.of(it, otherwise)).orElse(otherwise);
    }

    /** Whether it reads one text and writes another. */
    boolean isEncoderDecoder() {
        return roles.read().isPresent();
    }

    /** Whether it hears recordings. */
    boolean hears() {
        return roles.heard().isPresent();
    }

    /**
     * Goes on after a prompt, or answers it where a source is read.
     *
     * @param prompts says what prompts are, and where they come from
     * @param tokens how many tokens are written at most
     * @param reader is given each piece of text as it is written; for a text to go on with, the prompt first
     * @return why there is no more of it
     * @throws io.heddle.check.ProblemsException when the prompt has what the model does not know
     */
    Written.End write(
            String prompt, Prompts prompts, int tokens, Decoding decoding, long seed, Consumer<String> reader) {
        var generator = generator(decoding, seed);
        var ids = prompts.ids(prompt);
        return isEncoderDecoder()
                ? answer(ids, prompts.words(prompt, ids), tokens, generator, reader)
                : goOn(prompt, ids, tokens, generator, reader);
    }

    /** A text that a search has found, and its score. */
    record Found(String text, double score) {}

    /**
     * The best texts that a beam search has found after a prompt, or in answer to it, the best one first.
     *
     * @param seed of no use to a search, which draws nothing
     */
    List<Found> best(String prompt, Prompts prompts, int tokens, Decoding decoding, long seed) {
        var generator = generator(decoding, seed);
        var ids = prompts.ids(prompt);
        if (!isEncoderDecoder()) {
            return generator.best(ids, tokens).stream().map(found -> found(found, List.of())).toList();
        }
        var words = prompts.words(prompt, ids);
        return generator.bestFrom(ids, words, beginning.orElseThrow(), tokens).stream()
                .map(found -> found(found, words))
                .toList();
    }

    private Found found(Written written, List<SourceWords> words) {
        return new Found(text(written, words), written.score());
    }

    /** What was written, with words that were copied where there may be any. */
    private String text(Written written, List<SourceWords> words) {
        return words.isEmpty()
                ? tokenizers.written().decode(written.ids())
                : words.getFirst().decode(written.ids());
    }

    private Written.End answer(
            int[] source, List<SourceWords> words, int tokens, Generator generator, Consumer<String> reader) {
        var answer = generator.from(List.of(source), words, beginning.orElseThrow(), tokens).getFirst();
        reader.accept(text(answer, words));
        return answer.end();
    }

    private Written.End goOn(String prompt, int[] ids, int tokens, Generator generator, Consumer<String> reader) {
        reader.accept(prompt);
        var text = tokenizers.written().streamingDecoder();
        Arrays.stream(ids).forEach(text::next);
        var written = generator.after(ids, tokens, id -> reader.accept(text.next(id)));
        reader.accept(text.finish());
        return written.end();
    }
}
