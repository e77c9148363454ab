package io.heddle.runtime.evaluate;

import java.util.List;

/**
 * The share of lines that are written as they should be, 0 to 100: {@code 100 * equal lines / lines}, and 0 without any.
 *
 * <p>White space at both ends does not count, and between words it counts as one blank.
 *
 * <p>Source: Rajpurkar et al., "SQuAD", arXiv 1606.05250, section 6.1, without its normalization.
 */
public final class ExactMatch {
    private ExactMatch() {}

    /**
     * Scores generated lines.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references as hypotheses
     */
    public static double score(List<String> hypotheses, List<String> references) {
        Corpus.check("exact match", hypotheses, references.stream().map(List::of).toList());
        int equal = 0;
        for (int line = 0; line < hypotheses.size(); line++) {
            if (WhiteSpace.words(hypotheses.get(line)).equals(WhiteSpace.words(references.get(line)))) {
                equal++;
            }
        }
        return hypotheses.isEmpty() ? 0 : 100.0 * equal / hypotheses.size();
    }
}
