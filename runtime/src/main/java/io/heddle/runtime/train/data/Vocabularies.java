package io.heddle.runtime.train.data;

import io.heddle.check.ProblemsException;
import io.heddle.model.TokenInput;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.TrainingMessages;

/** Whether a model knows all tokens of a tokenizer. */
final class Vocabularies {
    private Vocabularies() {}

    static void check(TokenInput input, Tokenizer tokenizer) {
        check(input, tokenizer.vocabularySize());
    }

    /** The same of so many tokens. */
    static void check(TokenInput input, int wanted) {
        int known = input.getVocabulary();
        if (known < wanted) {
            throw new ProblemsException(TrainingMessages.smallVocabulary(input.getName(), known, wanted));
        }
    }
}
