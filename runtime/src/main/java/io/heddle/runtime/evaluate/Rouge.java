package io.heddle.runtime.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ROUGE-N and ROUGE-L: how much of a summary stands in its reference, and how much of the reference in it.
 *
 * <pre>
 *   precision = common / in what was written     recall = common / in the reference     F = 2 P R / (P + R)
 *   of a corpus: the mean over its lines, on a scale of 0 to 100
 * </pre>
 *
 * <p>A text is cut as google-research's rouge_score cuts it without its stemmer: lower case, and everything but a-z and 0-9
 * separates. So text in other scripts has no words at all. Where a line has several references, the best F counts.
 *
 * <p>Source: Lin, "ROUGE: a package for automatic evaluation of summaries", 2004, sections 2 and 3.1 (with beta 1);
 * google-research/rouge, {@code rouge_scorer.py}.
 */
public sealed interface Rouge {
    /**
     * ROUGE-N. Common are n-grams, each as often as in the one that has it less often.
     *
     * @param order how many words an n-gram has
     */
    record Grams(int order) implements Rouge {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Grams {
            if (order < 1) {
                throw new IllegalArgumentException("order must be positive and is " + order);
            }
        }
    }

    /** ROUGE-L. Common is the longest row of words that stands in both in this order, with any words between. */
    record LongestSubsequence() implements Rouge {}

    /**
     * What a line comes to, or the mean over lines; each 0 to 100.
     *
     * @param f the harmonic mean of both, 0 when nothing is common
     */
    record Score(double precision, double recall, double f) {}

    /** ROUGE-1: of single words. */
    static Rouge ofWords() {
        return new Grams(1);
    }

    /** ROUGE-2: of pairs of neighbours. */
    static Rouge ofPairs() {
        return new Grams(2);
    }

    /** ROUGE-L. */
    static Rouge longest() {
        return new LongestSubsequence();
    }

    /** What papers call it. */
    default String name() {
        return switch (this) {
            case Grams grams -> "ROUGE-" + grams.order();
            case LongestSubsequence _ -> "ROUGE-L";
        };
    }

    /**
     * Scores generated lines, each against one reference.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references as hypotheses
     */
    default Score score(List<String> hypotheses, List<String> references) {
        return scoreAgainstMany(hypotheses, references.stream().map(List::of).toList());
    }

    /**
     * Scores generated lines, each against one or more references.
     *
     * @param references the references of line i at place i
     * @throws io.heddle.check.ProblemsException when a hypothesis has no references
     */
    default Score scoreAgainstMany(List<String> hypotheses, List<List<String>> references) {
        Corpus.check(name(), hypotheses, references);
        double[] sums = new double[3];
        for (int line = 0; line < hypotheses.size(); line++) {
            List<String> written = words(hypotheses.get(line));
            Score best = new Score(0, 0, 0);
            for (String reference : references.get(line)) {
                Score score = of(written, words(reference));
                best = score.f() > best.f() ? score : best;
            }
            sums[0] += best.precision();
            sums[1] += best.recall();
            sums[2] += best.f();
        }
        int lines = Math.max(1, hypotheses.size());
        return new Score(sums[0] / lines, sums[1] / lines, sums[2] / lines);
    }

    private Score of(List<String> written, List<String> reference) {
        return switch (this) {
            case Grams grams -> common(counts(written, grams.order()), counts(reference, grams.order()));
            case LongestSubsequence _ -> score(longest(written, reference), written.size(), reference.size());
        };
    }

    private static Score common(Map<List<String>, Integer> written, Map<List<String>, Integer> reference) {
        int common = 0;
        for (Map.Entry<List<String>, Integer> gram : written.entrySet()) {
            common += Math.min(gram.getValue(), reference.getOrDefault(gram.getKey(), 0));
        }
        return score(common, sum(written), sum(reference));
    }

    private static Score score(int common, int written, int reference) {
        if (common == 0) {
            return new Score(0, 0, 0);
        }
        return new Score(
                100.0 * common / written, 100.0 * common / reference, 200.0 * common / (written + reference));
    }

    private static int sum(Map<List<String>, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<List<String>, Integer> counts(List<String> words, int order) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int start = 0; start + order <= words.size(); start++) {
            counts.merge(words.subList(start, start + order), 1, Integer::sum);
        }
        return counts;
    }

    private static int longest(List<String> left, List<String> right) {
        int[] before = new int[right.size() + 1];
        for (String word : left) {
            int[] now = new int[right.size() + 1];
            for (int place = 1; place <= right.size(); place++) {
                now[place] = word.equals(right.get(place - 1))
                        ? before[place - 1] + 1
                        : Math.max(before[place], now[place - 1]);
            }
            before = now;
        }
        return before[right.size()];
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
