package io.heddle.cli;

import io.heddle.recipe.Decoding;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Prompts;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What a training made: a model with its weights, and the tokenizers for its text. */
record TrainedModel(RunnableModel model, Tokenizers tokenizers, ModelRoles roles, Recipe recipe) {
    /**
     * Reads the folder that a training wrote.
     *
     * @throws io.heddle.check.ProblemsException when there is none, or it is broken
     */
    static TrainedModel open(Path folder, Engine engine, StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        var model = RunnableModel.blank(checkpoint.model(), engine);
        checkpoint.loadWeights(model.weights());
        return new TrainedModel(weights.of(model), checkpoint.tokenizers(), ModelRoles.of(model.model()),
                checkpoint.recipe());
    }

    /** Whether it reads one text and writes another. */
    boolean isEncoderDecoder() {
        return roles.read().isPresent();
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
        var generator = Generator.of(model, decoding, tokenizers.written(), seed);
        var ids = prompts.ids(prompt);
        return isEncoderDecoder()
                ? answer(ids, tokens, generator, reader)
                : goOn(prompt, ids, tokens, generator, reader);
    }

    private Written.End answer(int[] source, int tokens, Generator generator, Consumer<String> reader) {
        int begin = tokenizers.written().specialIds().begin().orElseThrow();
        var answer = generator.from(List.of(source), begin, tokens).getFirst();
        reader.accept(tokenizers.written().decode(answer.ids()));
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
