package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.generate.Answers;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * The lines of a file, as sources of a model.
 *
 * @param sources by line
 * @param words of each source; none where nothing is copied
 */
record Corpus(TrainedModel model, List<int[]> sources, List<SourceWords> words) {
    /** Answers, a line each. */
    record Lines(List<String> texts, int tokens) {}

    /**
     * Reads a file.
     *
     * @throws ProblemsException with every line that is empty, has what the model does not know, or is too long
     */
    static Corpus read(Path file, TrainedModel model) {
        List<int[]> sources = new ArrayList<>();
        List<SourceWords> words = new ArrayList<>();
        var problems = new ProblemList();
        var lines = TextFile.read(file).lines();
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1);
            var prompts = model.prompts(file + ":" + number);
            try {
                var ids = model.ids(prompts, line);
                sources.add(ids);
                words.addAll(prompts.words(line, ids));
            } catch (ProblemsException wrong) {
                problems.addAll(wrong);
            }
        }
        problems.throwIfAny();
        return new Corpus(model, sources, words);
    }

    /**
     * Lets the model answer all of them; a line break in an answer becomes a space.
     *
     * @param most how many tokens an answer may have; what {@link Answers} says, if empty
     * @param progress is told how many are answered
     * @return empty when {@code stop} said so
     */
    Optional<Lines> answered(
            Generator generator, OptionalInt most, BooleanSupplier stop, IntConsumer progress) {
        return new Answers(generator, model.beginning().orElseThrow())
                .to(sources, words, most, stop, progress)
                .map(this::lines);
    }

    private Lines lines(List<Written> answers) {
        List<String> texts = new ArrayList<>();
        int tokens = 0;
        for (int place = 0; place < answers.size(); place++) {
            var answer = answers.get(place);
            var copied = words.isEmpty() ? List.<SourceWords>of() : List.of(words.get(place));
            texts.add(model.text(answer, copied).replaceAll("\\R", " "));
            tokens += answer.tokens().size() - 1;
        }
        return new Lines(texts, tokens);
    }
}
