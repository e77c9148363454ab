package io.heddle.runtime.train.data;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.TokenInput;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import java.util.List;

/** Whether a model knows all tokens of a tokenizer. */
final class Vocabularies {
    private Vocabularies() {}

    static void check(TokenInput input, Tokenizer tokenizer) {
        int known = input.getVocabulary();
        int wanted = tokenizer.vocabularySize();
        if (known < wanted) {
            throw new ProblemsException(new Problem(
                    input.getName(),
                    "the model knows fewer tokens than its data has",
                    List.of(
                            new Fact("vocab", String.valueOf(known)),
                            new Fact("tokens of the data", String.valueOf(wanted))),
                    "Say tokens(vocab = " + wanted + "), or choose another tokenizer."));
        }
    }
}
