package io.heddle.runtime.train.data;

import io.heddle.check.ProblemsException;
import io.heddle.model.TokenInput;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.TrainingMessages;

/** Whether a model knows all tokens of a tokenizer. */
final class Vocabularies {
    private Vocabularies() {}

    static void check(TokenInput input, Tokenizer tokenizer) {
        int known = input.getVocabulary();
        int wanted = tokenizer.vocabularySize();
        if (known < wanted) {
            throw new ProblemsException(TrainingMessages.smallVocabulary(input.getName(), known, wanted));
        }
    }
}
