package io.heddle.runtime.generate;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Model;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.messages.DraftMessages;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that writes ahead of another: small enough that what it writes costs little.
 *
 * @param model it reads what the other reads, and its tokens are the same
 * @param words how many tokens it writes before the other judges them
 */
public record Draft(RunnableModel model, int words) {
    /** Has words. */
    public Draft {
        if (words < 1) {
            throw new IllegalArgumentException("words = " + words + " must be 1 or more.");
        }
    }

    /**
     * A draft of a model whose tokens are known.
     *
     * @param tokenizers of the draft
     * @param ofModel of the model that it writes ahead of
     * @throws ProblemsException when a token of one is another, or none, to the other
     */
    public static Draft of(RunnableModel draft, Tokenizers tokenizers, Tokenizers ofModel, int words) {
        List<Problem> problems = new ArrayList<>();
        compare("written", tokenizers.written(), ofModel.written(), problems);
        boolean twice = tokenizers.read().equals(tokenizers.written()) && ofModel.read().equals(ofModel.written());
        if (!twice) {
            compare("read", tokenizers.read(), ofModel.read(), problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new Draft(draft, words);
    }

    private static void compare(String side, Tokenizer draft, Tokenizer model, List<Problem> problems) {
        if (!draft.equals(model)) {
            problems.add(DraftMessages.otherVocabulary(side, difference(draft, model),
                    draft.vocabularySize(), model.vocabularySize()));
        }
    }

    /** The first token that is another: {@code 3, which is "a" to the draft and "b" to the model}. */
    private static String difference(Tokenizer draft, Tokenizer model) {
        int both = Math.min(draft.vocabularySize(), model.vocabularySize());
        for (int id = 0; id < both; id++) {
            if (!draft.piece(id).equals(model.piece(id))) {
                return DraftMessages.first(id, draft.piece(id), model.piece(id));
            }
        }
        return DraftMessages.cutOtherwise(both);
    }

    /**
     * Returns when it can read a source.
     *
     * @throws ProblemsException when it has fewer positions
     */
    void requireRead(int[] source) {
        Prompts.requireRead(List.of(source), _ -> "source", model.model());
    }

    /**
     * Returns when it can write ahead of a model.
     *
     * @throws ProblemsException when only one of them reads a source, or they copy words of it by other numbers
     */
    void requireFits(Model ahead) {
        ModelRoles mine = model.roles();
        ModelRoles roles = ModelRoles.of(ahead);
        List<Problem> problems = new ArrayList<>();
        if (mine.read().isPresent() != roles.read().isPresent()) {
            problems.add(DraftMessages.readsOtherwise(
                    model.model().getName(), mine.read().isPresent(), ahead.getName()));
        }
        if (!mine.copied().equals(roles.copied())) {
            problems.add(DraftMessages.copiesOtherwise(model.model().getName(), ahead.getName()));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }
}
