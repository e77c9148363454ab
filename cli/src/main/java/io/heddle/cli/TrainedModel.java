package io.heddle.cli;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.data.ModelRoles;
import io.heddle.runtime.train.data.Tokenizers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a training made: a model with its weights, and the tokenizers for its text. */
record TrainedModel(RunnableModel model, Tokenizers tokenizers, ModelRoles roles, Recipe recipe) {
    private static final int ROWS = 64;

    /**
     * Reads the folder that a training wrote.
     *
     * @throws ProblemsException when there is none, or it is broken
     */
    static TrainedModel open(Path folder, Engine engine) {
        var checkpoint = Checkpoint.open(folder);
        var model = RunnableModel.initialized(checkpoint.model(), engine, 0);
        checkpoint.loadWeights(model.weights());
        return new TrainedModel(model, checkpoint.tokenizers(), ModelRoles.of(model.model()), checkpoint.recipe());
    }

    /** Whether it reads one text and writes another. */
    boolean isEncoderDecoder() {
        return roles.read().isPresent();
    }

    /**
     * Goes on after a prompt, or answers it where a source is read.
     *
     * @param tokens how many tokens are written at most
     * @param reader is given each piece of text as it is written; for a text to go on with, the prompt first
     * @throws ProblemsException when the prompt has what the model does not know
     */
    void write(String prompt, int tokens, Decoding decoding, long seed, Consumer<String> reader) {
        var generator = new Generator(model, decoding, tokenizers.written().specialIds().end(), seed);
        if (isEncoderDecoder()) {
            reader.accept(answers(encoded(List.of(prompt)), tokens, generator).getFirst());
        } else {
            writeOn(prompt, tokens, generator, reader);
        }
    }

    private void writeOn(String prompt, int tokens, Generator generator, Consumer<String> reader) {
        var tokenizer = tokenizers.written();
        var ids = tokenizer.prompt(prompt, TextOrigin.startOf("--prompt"));
        if (ids.length == 0) {
            throw new ProblemsException(
                    new Problem("--prompt", "the prompt is empty",
                            "Give the model something to go on with: --prompt \"The \""));
        }
        reader.accept(prompt);
        var text = tokenizer.streamingDecoder();
        Arrays.stream(ids).forEach(text::next);
        generator.after(ids, tokens, id -> reader.accept(text.next(id)));
        reader.accept(text.finish());
    }

    /**
     * What it writes for each source.
     *
     * @param longer how many tokens more than its source a target may have before it is cut
     */
    List<String> answers(List<String> sources, int longer, Decoding decoding) {
        var generator = new Generator(model, decoding, tokenizers.written().specialIds().end(), 0);
        var encoded = encoded(sources);
        var byLength = IntStream.range(0, encoded.size())
                .boxed()
                .sorted(Comparator.comparingInt(index -> encoded.get(index).length))
                .toList();
        var answers = new String[encoded.size()];
        for (int first = 0; first < byLength.size(); first += ROWS) {
            var group = byLength.subList(first, Math.min(first + ROWS, byLength.size()));
            var rows = group.stream().map(encoded::get).toList();
            var written = answers(rows, rows.getLast().length + longer, generator);
            for (int row = 0; row < group.size(); row++) answers[group.get(row)] = written.get(row);
        }
        return List.of(answers);
    }

    private List<String> answers(List<int[]> sources, int tokens, Generator generator) {
        var written = tokenizers.written();
        int begin = written.specialIds().begin().orElseThrow();
        return generator.from(sources, begin, tokens).stream().map(answer -> written.decode(answer.ids())).toList();
    }

    private List<int[]> encoded(List<String> sources) {
        return sources.stream().map(source -> source(tokenizers.read(), source)).toList();
    }

    /** A source as it is read in training: closed by the end token. */
    private static int[] source(Tokenizer tokenizer, String text) {
        var ids = tokenizer.encode(text, TextOrigin.startOf("--prompt"));
        var closed = Arrays.copyOf(ids, ids.length + 1);
        closed[ids.length] = tokenizer.specialIds().end().orElseThrow();
        return closed;
    }
}
