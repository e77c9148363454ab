package io.heddle.runtime.train.data;

import io.heddle.check.ProblemsException;
import io.heddle.model.TokenInput;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.TrainingMessages;
import io.heddle.runtime.model.ModelRoles;

/** Whether a model knows all tokens of a tokenizer. */
final class Vocabularies {
    private Vocabularies() {}

    static void check(TokenInput input, Tokenizer tokenizer) {
        check(input, tokenizer.vocabularySize());
    }

    /** The same of what is written; copies of a source have its table, and are no words of the target. */
    static void checkWritten(ModelRoles roles, int wanted) {
        if (roles.written() instanceof TokenInput tokens) {
            check(tokens, wanted);
        } else {
            check(roles.logits().getName(), roles.logits().getVocabulary(), wanted);
        }
    }

    /** The same of so many tokens. */
    static void check(TokenInput input, int wanted) {
        check(input.getName(), input.getVocabulary(), wanted);
    }

    private static void check(String name, int known, int wanted) {
        if (known < wanted) {
            throw new ProblemsException(TrainingMessages.smallVocabulary(name, known, wanted));
        }
    }
}
