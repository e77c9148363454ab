package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Model;
import io.heddle.model.Position;
import io.heddle.model.TokenInput;
import io.heddle.recipe.Sample;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.messages.PromptMessages;
import io.heddle.runtime.model.ModelRoles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Texts for a model to go on after, or to answer, as the tokens that it reads.
 *
 * @param place what the user says prompts with, for problems: {@code --prompt}
 * @param ends what stands around the tokens of a source
 */
public record Prompts(Tokenizers tokenizers, ModelRoles roles, String place, Ends ends) {
    private static final int SHOWN = 20;

    /** What stands around the tokens of a source. */
    public enum Ends {
        /** The end token behind them, as in Heddle's trainings. */
        END,

        /** What the makers of the tokenizer put there, as in theirs. */
        TOKENIZER
    }

    /** Prompts for a model that was trained here. */
    public Prompts(Tokenizers tokenizers, ModelRoles roles, String place) {
        this(tokenizers, roles, place, Ends.END);
    }

    /** The prompts of a recipe's sample, whose place is {@code sample("...")}. */
    public static Prompts of(Sample.Text sample, Tokenizers tokenizers, ModelRoles roles) {
        String prompt = sample.getPrompt().replace("\n", "\\n");
        int characters = prompt.codePointCount(0, prompt.length());
        String shown = characters <= SHOWN ? prompt : prompt.substring(0, prompt.offsetByCodePoints(0, SHOWN)) + "...";
        return new Prompts(tokenizers, roles, "sample(\"" + shown + "\")");
    }

    /**
     * Returns when a recipe's sample can be asked of a model.
     *
     * @throws ProblemsException when its prompt cannot be read, or its rules want words that nobody knows
     */
    public static void check(Sample.Text sample, Tokenizers tokenizers, ModelRoles roles) {
        Prompts prompts = of(sample, tokenizers, roles);
        int[] ids = prompts.ids(sample.getPrompt());
        TokenRules rules = Generator.rules(
                sample.getDecoding(), Optional.of(tokenizers.written()), RuleNames.described());
        prompts.words(sample.getPrompt(), ids).stream().findFirst().ifPresentOrElse(rules::over, rules::known);
    }

    /**
     * The tokens of a prompt: those of a source have what stands around them in training.
     *
     * @throws ProblemsException when it is empty, has what the tokenizer does not know, or is longer than the model reads
     */
    public int[] ids(String prompt) {
        return roles.read().isPresent() ? source(prompt, roles.read().get()) : text(prompt);
    }

    /**
     * The words of a prompt that is a source, for a model that may copy them; none for one that copies nothing.
     *
     * @param ids what {@link #ids} made of it
     */
    public List<SourceWords> words(String prompt, int[] ids) {
        return roles.copied().isEmpty()
                ? List.of()
                : List.of(SourceWords.of(prompt, ids, tokenizers, roles.copied().getAsInt()));
    }

    /**
     * Returns when another model can read a source, too: one that scores answers, or writes ahead.
     *
     * @param ids what {@link #ids} made of it
     * @throws ProblemsException when it has fewer positions
     */
    public void requireRead(int[] ids, Model other) {
        requireRead(List.of(ids), _ -> place, other);
    }

    /**
     * Returns when a model can read all sources that another reads.
     *
     * @param places what each source is called, by its number from 0 on
     * @throws ProblemsException with each that is longer than it has positions
     */
    static void requireRead(List<int[]> sources, IntFunction<String> places, Model other) {
        List<Problem> problems = ModelRoles.of(other).readLimit().stream()
                .flatMap(limit -> IntStream.range(0, sources.size())
                        .filter(row -> limit.positions() < sources.get(row).length)
                        .mapToObj(row -> PromptMessages.longerThanBeside(
                                places.apply(row),
                                sources.get(row).length,
                                other.getName(),
                                limit.input(),
                                limit.positions())))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private int[] text(String prompt) {
        int[] ids = tokenizers.written().prompt(prompt, TextOrigin.startOf(place));
        requireSome(ids, PromptMessages.nothingToGoOn(place));
        return ids;
    }

    private int[] source(String prompt, TokenInput input) {
        int[] ids = tokenizers.read().encode(prompt, TextOrigin.startOf(place));
        requireSome(ids, PromptMessages.nothingToAnswer(place));
        int[] closed = switch (ends) {
            case END -> closed(ids);
            case TOKENIZER -> tokenizers.read().prompt(prompt, TextOrigin.startOf(place));
        };
        if (input.getPosition() instanceof Position.Learned learned && learned.getLength() < closed.length) {
            throw new ProblemsException(PromptMessages.longerThanPositions(
                    place, closed.length, input.getName(), learned.getLength()));
        }
        return closed;
    }

    private int[] closed(int[] ids) {
        int[] closed = Arrays.copyOf(ids, ids.length + 1);
        closed[ids.length] = tokenizers.read().specialIds().end().orElseThrow();
        return closed;
    }

    private static void requireSome(int[] ids, Problem empty) {
        if (ids.length == 0) {
            throw new ProblemsException(empty);
        }
    }
}
