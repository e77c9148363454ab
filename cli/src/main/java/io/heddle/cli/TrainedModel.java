package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.generate.Draft;
import io.heddle.runtime.generate.Drafted;
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
import java.util.function.IntConsumer;

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
        return new TrainedModel(model, tokenizers, ModelRoles.of(model.model()), Optional.of(recipe), beginning,
                Optional.empty());
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
        var generator = Generator.of(model, decoding, tokenizers.written(), seed, DecodingOptions.RULES);
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
     * The tokens of a prompt, which what scores answers can read, too.
     *
     * @throws io.heddle.check.ProblemsException when it has what the model does not know, or is too long
     */
    int[] ids(Prompts prompts, String prompt) {
        var ids = prompts.ids(prompt);
        scorer.ifPresent(other -> prompts.requireRead(ids, other.model()));
        return ids;
    }

    /** Lines to answer, of a file. */
    Corpus corpus(Path sources) {
        return Corpus.read(sources, this);
    }

    /**
     * Goes on after a prompt, or answers it where a source is read.
     *
     * @param draft writes ahead of it; empty for none
     * @param reader is given each piece of text as it is written; for a text to go on with, the prompt first
     * @throws io.heddle.check.ProblemsException when the prompt has what the model does not know, or the draft does not fit
     */
    Wrote write(Asked asked, Optional<Draft> draft, Consumer<String> reader) {
        var generator = generator(asked.decoding(), asked.seed()).until(asked.stop());
        var ids = ids(asked.prompts(), asked.prompt());
        return isEncoderDecoder()
                ? answer(ids, asked, generator, draft, reader)
                : goOn(ids, asked, generator, draft, reader);
    }

    /** A text that a search has found, and its score. */
    record Found(String text, double score) {}

    /**
     * The best texts that a beam search has found after a prompt, or in answer to it, the best one first.
     *
     * @param asked whose seed is of no use to a search, which draws nothing
     */
    List<Found> best(Asked asked) {
        var generator = generator(asked.decoding(), asked.seed()).until(asked.stop());
        var ids = ids(asked.prompts(), asked.prompt());
        if (!isEncoderDecoder()) {
            return generator.best(ids, asked.tokens()).stream().map(found -> found(found, List.of())).toList();
        }
        var words = asked.prompts().words(asked.prompt(), ids);
        return generator.bestFrom(ids, words, beginning.orElseThrow(), asked.tokens()).stream()
                .map(found -> found(found, words))
                .toList();
    }

    private Found found(Written written, List<SourceWords> words) {
        return new Found(text(written, words), written.score());
    }

    /** What was written, with words that were copied where there may be any. */
    String text(Written written, List<SourceWords> words) {
        return words.isEmpty()
                ? tokenizers.written().decode(written.ids())
                : words.getFirst().decode(written.ids());
    }

    private Wrote answer(
            int[] source, Asked asked, Generator generator, Optional<Draft> draft, Consumer<String> reader) {
        var words = asked.prompts().words(asked.prompt(), source);
        var text = StreamedText.of(tokenizers.written(), words);
        int begin = beginning.orElseThrow();
        draft.ifPresent(it -> asked.prompts().requireRead(source, it.model().model()));
        IntConsumer listener = id -> reader.accept(text.next(id));
        var ahead = draft.map(generator::drafted);
        var wrote = ahead.isPresent()
                ? wrote(ahead.get().from(source, words, begin, asked.tokens(), listener))
                : wrote(generator.from(source, words, begin, asked.tokens(), listener), 1);
        reader.accept(text.finish());
        return wrote;
    }

    private Wrote goOn(
            int[] ids, Asked asked, Generator generator, Optional<Draft> draft, Consumer<String> reader) {
        var ahead = draft.map(generator::drafted);
        reader.accept(asked.prompt());
        var text = StreamedText.of(tokenizers.written(), List.of());
        Arrays.stream(ids).forEach(text::next);
        IntConsumer listener = id -> reader.accept(text.next(id));
        var wrote = ahead.isPresent()
                ? wrote(ahead.get().after(ids, asked.tokens(), listener))
                : wrote(generator.after(ids, asked.tokens(), listener), ids.length);
        reader.accept(text.finish());
        return wrote;
    }

    private static Wrote wrote(Drafted drafted) {
        return new Wrote(drafted.written().end(), drafted.counts().tokens(), Optional.of(drafted.counts()));
    }

    private static Wrote wrote(Written written, int start) {
        return new Wrote(written.end(), written.tokens().size() - start, Optional.empty());
    }
}
