package io.heddle.runtime.data;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.runtime.data.text.Counts;
import java.util.List;

/** Told when data holds a token that the model has no embedding for. */
final class VocabularyProblem {
    private VocabularyProblem() {}

    /**
     * Names the first such token.
     *
     * @param place where it stands
     * @param largest the largest id in the data
     * @param outside how many tokens are outside
     */
    static Problem of(String place, int token, int vocabularySize, int largest, long outside) {
        return new Problem(place, "token " + token + " is outside the model's vocabulary",
                List.of(new Fact("vocabulary", Counts.of(vocabularySize, "token", "tokens")),
                        new Fact("largest token", Integer.toString(largest)),
                        new Fact("tokens outside", Counts.of(outside))),
                "Give the model tokens(vocab = " + (largest + 1) + "), or use the tokenizer it was made for.");
    }
}
