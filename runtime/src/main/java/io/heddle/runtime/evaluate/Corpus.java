package io.heddle.runtime.evaluate;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ScoreMessages;
import java.util.List;

/** Checks that hypotheses and references belong together. */
final class Corpus {
    private Corpus() {}

    /** Refuses references that are not one list, with something in it, for each hypothesis. */
    static void check(String score, List<String> hypotheses, List<List<String>> references) {
        if (hypotheses.size() != references.size()) {
            throw new ProblemsException(ScoreMessages.otherReferences(score, hypotheses.size(), references.size()));
        }
        for (int line = 0; line < references.size(); line++) {
            if (references.get(line).isEmpty()) {
                throw new ProblemsException(ScoreMessages.noReference(score, line + 1));
            }
        }
    }
}
