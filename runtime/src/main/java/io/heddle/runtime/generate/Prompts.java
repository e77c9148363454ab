package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Position;
import io.heddle.model.TokenInput;
import io.heddle.recipe.Sample;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.messages.PromptMessages;
import io.heddle.runtime.model.ModelRoles;
import java.util.Arrays;

/**
 * Texts for a model to go on after, or to answer, as the tokens that it reads.
 *
 * @param place what the user says prompts with, for problems: {@code --prompt}
 */
public record Prompts(Tokenizers tokenizers, ModelRoles roles, String place) {
    private static final int SHOWN = 20;

    /** The prompts of a recipe's sample, whose place is {@code sample("...")}. */
    public static Prompts of(Sample.Text sample, Tokenizers tokenizers, ModelRoles roles) {
        String prompt = sample.getPrompt().replace("\n", "\\n");
        int characters = prompt.codePointCount(0, prompt.length());
        String shown = characters <= SHOWN ? prompt : prompt.substring(0, prompt.offsetByCodePoints(0, SHOWN)) + "...";
        return new Prompts(tokenizers, roles, "sample(\"" + shown + "\")");
    }

    /**
     * The tokens of a prompt: those of a source are closed by the end token, as in training.
     *
     * @throws ProblemsException when it is empty, has what the tokenizer does not know, or is longer than the model reads
     */
    public int[] ids(String prompt) {
        return roles.read().isPresent() ? source(prompt, roles.read().get()) : text(prompt);
    }

    private int[] text(String prompt) {
        int[] ids = tokenizers.written().prompt(prompt, TextOrigin.startOf(place));
        requireSome(ids, PromptMessages.nothingToGoOn(place));
        return ids;
    }

    private int[] source(String prompt, TokenInput input) {
        int[] ids = tokenizers.read().encode(prompt, TextOrigin.startOf(place));
        requireSome(ids, PromptMessages.nothingToAnswer(place));
        int[] closed = Arrays.copyOf(ids, ids.length + 1);
        closed[ids.length] = tokenizers.read().specialIds().end().orElseThrow();
        if (input.getPosition() instanceof Position.Learned learned && learned.getLength() < closed.length) {
            throw new ProblemsException(PromptMessages.longerThanPositions(
                    place, closed.length, input.getName(), learned.getLength()));
        }
        return closed;
    }

    private static void requireSome(int[] ids, Problem empty) {
        if (ids.length == 0) {
            throw new ProblemsException(empty);
        }
    }
}
