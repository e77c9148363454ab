package io.heddle.runtime.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * Translation edit rate of a corpus, as sacreBLEU 2 computes it: how much of the references would have to be mended.
 *
 * <pre>
 *   TER = 100 * edits / words of the references        0 is best; more than 100 where there is more to mend than to say
 * </pre>
 *
 * <p>An edit inserts, deletes or replaces a word, or moves a row of words to another place. Which moves there are is
 * searched greedily, see {@link TranslationEdits}. Where a line has several references, the one with the fewest edits
 * counts, over the mean of their lengths. Words stand between white space. References without a word score 0 where nothing
 * was written, and 100 otherwise.
 *
 * <p>Source: Snover et al., "A study of translation edit rate with targeted human annotation", AMTA 2006, section 2;
 * mjpost/sacrebleu, {@code sacrebleu/metrics/ter.py}, without its options to normalize.
 *
 * @param lowercase whether case is ignored, as it is by custom
 */
public record Ter(boolean lowercase) {
    /** The score that papers report: sacreBLEU's defaults. */
    public static Ter standard() {
        return new Ter(true);
    }

    /**
     * Scores generated lines, each against one reference: 0 or more, and less is better.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references as hypotheses
     */
    public double score(List<String> hypotheses, List<String> references) {
        return scoreAgainstMany(hypotheses, references.stream().map(List::of).toList());
    }

    /**
     * Scores generated lines, each against one or more references: 0 or more, and less is better.
     *
     * @param references the references of line i at place i
     * @throws io.heddle.check.ProblemsException when a hypothesis has no references
     */
    public double scoreAgainstMany(List<String> hypotheses, List<List<String>> references) {
        Corpus.check("TER", hypotheses, references);
        long edits = 0;
        double length = 0;
        for (int line = 0; line < hypotheses.size(); line++) {
            List<String> hypothesis = words(hypotheses.get(line));
            int fewest = Integer.MAX_VALUE;
            double lengths = 0;
            for (String reference : references.get(line)) {
                List<String> words = words(reference);
                fewest = Math.min(fewest, TranslationEdits.between(hypothesis, words));
                lengths += words.size();
            }
            edits += fewest;
            length += lengths / references.get(line).size();
        }
        if (length > 0) {
            return 100 * (edits / length);
        }
        return edits > 0 ? 100 : 0;
    }

    private List<String> words(String line) {
        return WhiteSpace.words(lowercase ? line.toLowerCase(Locale.ROOT) : line);
    }
}
