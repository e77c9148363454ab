package io.heddle.runtime.evaluate;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import java.util.List;

/** Checks that hypotheses and references belong together. */
final class Corpus {
    private Corpus() {}

    /** Refuses references that are not one list, with something in it, for each hypothesis. */
    static void check(String score, List<String> hypotheses, List<List<String>> references) {
        if (hypotheses.size() != references.size()) {
            throw new ProblemsException(new Problem(
                    score,
                    "there are not as many references as hypotheses",
                    List.of(
                            new Fact("hypotheses", String.valueOf(hypotheses.size())),
                            new Fact("references", String.valueOf(references.size()))),
                    "Give one line of references for each line that was generated, empty lines included."));
        }
        for (int line = 0; line < references.size(); line++) {
            if (references.get(line).isEmpty()) {
                throw new ProblemsException(new Problem(
                        score,
                        "a hypothesis has no reference",
                        List.of(new Fact("line", String.valueOf(line + 1))),
                        "Give at least one reference for it."));
            }
        }
    }
}
