package io.heddle.runtime.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Corpus chrF and chrF++, as sacreBLEU 2 computes them: an F-score over the n-grams of characters, and of words.
 *
 * <pre>
 *   chrF = 100 (1 + beta^2) P R / (beta^2 P + R)
 *   P, R = precision and recall of n-grams of 1..order characters and of 1..wordOrder words,
 *          averaged over the orders that both sides have
 * </pre>
 *
 * <p>White space is no character. Words stand between white space, and a punctuation mark at the end of one, or else at
 * its beginning, is a word of its own. Counts are summed over the corpus before the division; where a line has several
 * references, the one of the best chrF counts. Characters are Unicode code points. {@link ShortLines} says what
 * happens to orders that a side is too short for.
 *
 * <p>Source: Popovic, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015, and "chrF++: words helping
 * character n-grams", WMT 2017; mjpost/sacrebleu, {@code sacrebleu/metrics/chrf.py}.
 *
 * @param order the longest n-grams of characters, 6 by custom
 * @param wordOrder the longest n-grams of words: 0 for chrF, 2 for chrF++
 * @param beta how much more recall weighs than precision, 2 by custom
 * @param lowercase whether case is ignored
 * @param shortLines what counts where a side has no n-grams of an order
 */
public record ChrF(int order, int wordOrder, double beta, boolean lowercase, ShortLines shortLines) {
    /** Stands for a precision or recall of an order that a side has no n-grams of, as in chrF++.py. */
    private static final double ALMOST_NOTHING = 1e-16;

    /** Python's {@code string.punctuation}. */
    private static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** What counts where the hypotheses or the references have no n-grams of an order. */
    public enum ShortLines {
        /** The order is left out, and P and R are averaged over the others. sacreBLEU's default. */
        LEFT_OUT,

        /** The order scores almost 0, and F is averaged over all orders, as chrF++.py, NLTK and Moses do. */
        COUNTED
    }

    /** Counts of n-grams of 1, 2, ... characters, then of words: in the hypothesis, in the reference, in both. */
    private static final class Statistics {
        private final long[][] counts;

        Statistics(int orders) {
            counts = new long[orders][3];
        }

        void add(Statistics other) {
            for (int place = 0; place < counts.length; place++) {
                for (int kind = 0; kind < counts[place].length; kind++) {
                    counts[place][kind] += other.counts[place][kind];
                }
            }
        }
    }

    /**
     * Checks the orders.
     *
     * @throws IllegalArgumentException when that of characters is not positive, or that of words is negative
     */
    public ChrF {
        if (order < 1) {
            throw new IllegalArgumentException("order must be positive and is " + order);
        }
        if (wordOrder < 0) {
            throw new IllegalArgumentException("wordOrder must be 0 or more and is " + wordOrder);
        }
    }

    /** The score that papers report as chrF2: sacreBLEU's defaults. */
    public static ChrF standard() {
        return new ChrF(6, 0, 2, false, ShortLines.LEFT_OUT);
    }

    /** The score that papers report as chrF2++: the same with n-grams of one and of two words. */
    public static ChrF withWords() {
        return new ChrF(6, 2, 2, false, ShortLines.LEFT_OUT);
    }

    /**
     * Scores generated lines, each against one reference: 0 to 100.
     *
     * @throws io.heddle.check.ProblemsException when there are not as many references as hypotheses
     */
    public double score(List<String> hypotheses, List<String> references) {
        return scoreAgainstMany(hypotheses, references.stream().map(List::of).toList());
    }

    /**
     * Scores generated lines, each against one or more references: 0 to 100.
     *
     * @param references the references of line i at place i
     * @throws io.heddle.check.ProblemsException when a hypothesis has no references
     */
    public double scoreAgainstMany(List<String> hypotheses, List<List<String>> references) {
        Corpus.check("chrF", hypotheses, references);
        Statistics corpus = new Statistics(order + wordOrder);
        for (int line = 0; line < hypotheses.size(); line++) {
            corpus.add(best(hypotheses.get(line), references.get(line)));
        }
        return score(corpus);
    }

    private Statistics best(String hypothesis, List<String> references) {
        List<Map<List<String>, Integer>> written = grams(hypothesis);
        Statistics best = statistics(written, grams(references.getFirst()));
        for (String reference : references.subList(1, references.size())) {
            Statistics candidate = statistics(written, grams(reference));
            if (score(candidate) > score(best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static Statistics statistics(
            List<Map<List<String>, Integer>> hypothesis, List<Map<List<String>, Integer>> reference) {
        Statistics statistics = new Statistics(hypothesis.size());
        for (int place = 0; place < hypothesis.size(); place++) {
            Map<List<String>, Integer> expected = reference.get(place);
            long[] counts = statistics.counts[place];
            hypothesis.get(place).forEach((gram, count) -> {
                counts[0] += expected.isEmpty() ? 0 : count;
                counts[2] += Math.min(count, expected.getOrDefault(gram, 0));
            });
            counts[1] = expected.values().stream().mapToLong(Integer::longValue).sum();
        }
        return statistics;
    }

    private double score(Statistics statistics) {
        return 100 * switch (shortLines) {
            case LEFT_OUT -> scoreOfAverages(statistics);
            case COUNTED -> averageOfScores(statistics);
        };
    }

    private double scoreOfAverages(Statistics statistics) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (long[] counts : statistics.counts) {
            if (counts[0] > 0 && counts[1] > 0) {
                precision += (double) counts[2] / counts[0];
                recall += (double) counts[2] / counts[1];
                orders++;
            }
        }
        return precision + recall == 0 ? 0 : score(precision / orders, recall / orders);
    }

    private double averageOfScores(Statistics statistics) {
        double sum = 0;
        for (long[] counts : statistics.counts) {
            double precision = counts[0] > 0 ? (double) counts[2] / counts[0] : ALMOST_NOTHING;
            double recall = counts[1] > 0 ? (double) counts[2] / counts[1] : ALMOST_NOTHING;
            sum += precision + recall == 0 ? ALMOST_NOTHING : score(precision, recall);
        }
        return sum / statistics.counts.length;
    }

    private double score(double precision, double recall) {
        double weight = beta * beta;
        return (1 + weight) * precision * recall / (weight * precision + recall);
    }

    /** How often each n-gram is there: of 1, 2, ... characters, then of words. */
    private List<Map<List<String>, Integer>> grams(String line) {
        String text = lowercase ? line.toLowerCase(Locale.ROOT) : line;
        List<Map<List<String>, Integer>> grams = new ArrayList<>(counts(characters(text), order));
        grams.addAll(counts(words(text), wordOrder));
        return grams;
    }

    private static List<String> characters(String text) {
        return text.codePoints()
                .filter(codePoint -> !WhiteSpace.isSpace(codePoint))
                .mapToObj(Character::toString)
                .toList();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : WhiteSpace.words(text)) {
            int last = word.offsetByCodePoints(word.length(), -1);
            int second = word.offsetByCodePoints(0, 1);
            if (last > 0 && isMark(word.charAt(last))) {
                words.add(word.substring(0, last));
                words.add(word.substring(last));
            } else if (last > 0 && isMark(word.charAt(0))) {
                words.add(word.substring(0, second));
                words.add(word.substring(second));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean isMark(char character) {
        return MARKS.indexOf(character) >= 0;
    }

    private static List<Map<List<String>, Integer>> counts(List<String> pieces, int longest) {
        List<Map<List<String>, Integer>> counts = new ArrayList<>();
        for (int length = 1; length <= longest; length++) {
            Map<List<String>, Integer> ofLength = new HashMap<>();
            for (int start = 0; start + length <= pieces.size(); start++) {
                ofLength.merge(pieces.subList(start, start + length), 1, Integer::sum);
            }
            counts.add(ofLength);
        }
        return counts;
    }
}
