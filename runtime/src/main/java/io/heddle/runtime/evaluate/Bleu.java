package io.heddle.runtime.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Corpus BLEU, as sacreBLEU 2 computes it.
 *
 * <pre>
 *   BLEU = BP exp(mean over n = 1..order of ln p_n)         on a scale of 0 to 100
 *   p_n  = clipped matches of n-grams / n-grams of the hypotheses, both summed over the corpus
 *   BP   = 1 where the hypotheses are at least as long as the references, otherwise exp(1 - r / h)
 * </pre>
 *
 * <p>An n-gram counts at most as often as in the reference that has most of it; r sums, for each sentence, the length of
 * the reference closest in length, the shorter one on a tie. A corpus without any match scores 0 under every smoothing.
 *
 * <p>Source: Papineni et al., "BLEU: a method for automatic evaluation of machine translation", ACL 2002; Post, "A call
 * for clarity in reporting BLEU scores", WMT 2018; mjpost/sacrebleu, {@code sacrebleu/metrics/bleu.py}.
 *
 * @param tokenizer how lines are cut into words
 * @param smoothing what to do about an order without matches
 * @param lowercase whether case is ignored
 * @param effectiveOrder whether orders that no hypothesis is long enough for are left out; for single sentences
 * @param order the longest n-grams, 4 by custom
 */
public record Bleu(
        BleuTokenizer tokenizer, Smoothing smoothing, boolean lowercase, boolean effectiveOrder, int order) {
    /** The longest n-grams of the score that papers report. */
    private static final int USUAL_ORDER = 4;

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public Bleu {
        if (order < 1) {
            throw new IllegalArgumentException("order must be positive and is " + order);
        }
    }

    /** The score that papers report: sacreBLEU's defaults. */
    public static Bleu standard() {
        return new Bleu(BleuTokenizer.MTEVAL_13A, new Smoothing.Exponential(), false, false, USUAL_ORDER);
    }

    /** The same score over words cut in another way. */
    public Bleu with(BleuTokenizer other) {
        return new Bleu(other, smoothing, lowercase, effectiveOrder, order);
    }

    /** The same score under another smoothing. */
    public Bleu with(Smoothing other) {
        return new Bleu(tokenizer, other, lowercase, effectiveOrder, order);
    }

    /**
     * Scores generated lines, each against one reference.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references as hypotheses
     */
    public BleuScore score(List<String> hypotheses, List<String> references) {
        return scoreAgainstMany(hypotheses, references.stream().map(List::of).toList());
    }

    /**
     * Scores generated lines, each against one or more references.
     *
     * @param references the references of line i at place i
     * @throws io.heddle.check.ProblemsException when a hypothesis has no references
     */
    public BleuScore scoreAgainstMany(List<String> hypotheses, List<List<String>> references) {
        Corpus.check("BLEU", hypotheses, references);
        long[] matches = new long[order];
        long[] totals = new long[order];
        long hypothesisLength = 0;
        long referenceLength = 0;
        for (int line = 0; line < hypotheses.size(); line++) {
            List<String> words = words(hypotheses.get(line));
            Map<List<String>, Integer> allowed = new HashMap<>();
            int closest = -1;
            for (String reference : references.get(line)) {
                List<String> referenceWords = words(reference);
                counts(referenceWords).forEach((gram, count) -> allowed.merge(gram, count, Math::max));
                closest = closer(words.size(), referenceWords.size(), closest);
            }
            counts(words).forEach((gram, count) -> {
                totals[gram.size() - 1] += count;
                matches[gram.size() - 1] += Math.min(count, allowed.getOrDefault(gram, 0));
            });
            hypothesisLength += words.size();
            referenceLength += closest;
        }
        return BleuScore.of(this, matches, totals, hypothesisLength, referenceLength);
    }

    private List<String> words(String line) {
        return tokenizer.words(lowercase ? line.toLowerCase(Locale.ROOT) : line);
    }

    private static int closer(int length, int candidate, int closest) {
        int byHowMuch = Math.abs(length - candidate) - Math.abs(length - closest);
        boolean first = closest < 0;
        return first || byHowMuch < 0 || (byHowMuch == 0 && candidate < closest) ? candidate : closest;
    }

    private Map<List<String>, Integer> counts(List<String> words) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int length = 1; length <= Math.min(order, words.size()); length++) {
            for (int start = 0; start + length <= words.size(); start++) {
                counts.merge(words.subList(start, start + length), 1, Integer::sum);
            }
        }
        return counts;
    }
}
