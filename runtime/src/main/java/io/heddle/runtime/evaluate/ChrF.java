package io.heddle.runtime.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Corpus chrF, as sacreBLEU 2 computes it by default: an F-score over the n-grams of characters.
 *
 * <pre>
 *   chrF = 100 (1 + beta^2) P R / (beta^2 P + R)
 *   P, R = precision and recall of n-grams of 1..order characters, averaged over the orders that both sides have
 * </pre>
 *
 * <p>White space is left out. Counts are summed over the corpus before the division; where a line has several
 * references, the one of the best chrF counts. Characters are Unicode code points. {@link ShortLines} says what
 * happens to orders that a side is too short for.
 *
 * <p>Source: Popovic, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015; mjpost/sacrebleu,
 * {@code sacrebleu/metrics/chrf.py}. Word n-grams (chrF++) are not here.
 *
 * @param order the longest n-grams, 6 by custom
 * @param beta how much more recall weighs than precision, 2 by custom
 * @param lowercase whether case is ignored
 * @param shortLines what counts where a side has no n-grams of an order
 */
public record ChrF(int order, double beta, boolean lowercase, ShortLines shortLines) {
    /** Stands for a precision or recall of an order that a side has no n-grams of, as in chrF++.py. */
    private static final double ALMOST_NOTHING = 1e-16;

    /** What counts where the hypotheses or the references have no n-grams of an order. */
    public enum ShortLines {
        /** The order is left out, and P and R are averaged over the others. sacreBLEU's default. */
        LEFT_OUT,

        /** The order scores almost 0, and F is averaged over all orders, as chrF++.py, NLTK and Moses do. */
        COUNTED
    }

    /** Counts of n-grams of 1, 2, ... characters: in the hypothesis, in the reference, in both. */
    private static final class Statistics {
        private final long[][] counts;

        Statistics(int order) {
            counts = new long[order][3];
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
     * Checks the order.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public ChrF {
        if (order < 1) {
            throw new IllegalArgumentException("order must be positive and is " + order);
        }
    }

    /** The score that papers report as chrF2: sacreBLEU's defaults. */
    public static ChrF standard() {
        return new ChrF(6, 2, false, ShortLines.LEFT_OUT);
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
        Statistics corpus = new Statistics(order);
        for (int line = 0; line < hypotheses.size(); line++) {
            corpus.add(best(hypotheses.get(line), references.get(line)));
        }
        return score(corpus);
    }

    private Statistics best(String hypothesis, List<String> references) {
        int[] characters = characters(hypothesis);
        Statistics best = statistics(characters, characters(references.getFirst()));
        for (String reference : references.subList(1, references.size())) {
            Statistics candidate = statistics(characters, characters(reference));
            if (score(candidate) > score(best)) {
                best = candidate;
            }
        }
        return best;
    }

    private Statistics statistics(int[] hypothesis, int[] reference) {
        Statistics statistics = new Statistics(order);
        for (int length = 1; length <= order; length++) {
            Map<String, Integer> expected = counts(reference, length);
            long[] counts = statistics.counts[length - 1];
            counts(hypothesis, length).forEach((gram, count) -> {
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
        return sum / order;
    }

    private double score(double precision, double recall) {
        double weight = beta * beta;
        return (1 + weight) * precision * recall / (weight * precision + recall);
    }

    private int[] characters(String line) {
        return (lowercase ? line.toLowerCase(Locale.ROOT) : line)
                .codePoints()
                .filter(codePoint -> !WhiteSpace.isSpace(codePoint))
                .toArray();
    }

    private static Map<String, Integer> counts(int[] characters, int length) {
        Map<String, Integer> counts = new HashMap<>();
        for (int start = 0; start + length <= characters.length; start++) {
            counts.merge(new String(characters, start, length), 1, Integer::sum);
        }
        return counts;
    }
}
