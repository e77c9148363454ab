package io.heddle.runtime.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The likeliest words of a chain (arXiv 1910.11555, sections 3.2 and 3.3), over the best words of each place:
 *
 * <pre>
 *   score(words) = sum of scores[i, word(i)] + sum of left[word(i - 1)] right[word(i)]
 *   log p(words) = score(words) - log of the sum of exp(score) over all words in question
 * </pre>
 *
 * <p>With a beam as wide as the vocabulary both are exact.
 */
final class ChainSearch {
    private final double[][] left;
    private final double[][] right;
    private final int beam;

    /**
     * A search.
     *
     * @param left a row for each word
     * @param beam how many words of each place are in question
     */
    ChainSearch(double[][] left, double[][] right, int beam) {
        this.left = left;
        this.right = right;
        this.beam = beam;
    }

    /**
     * The likeliest words.
     *
     * @param logarithm of their probability
     */
    record Best(List<Integer> words, double logarithm) {}

    /** @param scores of the words at each place, one place or more */
    Best best(double[][] scores) {
        int[][] candidates = new int[scores.length][];
        int[][] from = new int[scores.length][];
        double[] highest = new double[0];
        double[] sums = new double[0];
        for (int place = 0; place < scores.length; place++) {
            candidates[place] = likeliest(scores[place]);
            int count = candidates[place].length;
            double[] nextHighest = new double[count];
            double[] nextSums = new double[count];
            from[place] = new int[count];
            for (int candidate = 0; candidate < count; candidate++) {
                int word = candidates[place][candidate];
                double own = scores[place][word];
                if (place == 0) {
                    nextHighest[candidate] = own;
                    nextSums[candidate] = own;
                    continue;
                }
                double[] terms = new double[highest.length];
                int best = 0;
                for (int other = 0; other < terms.length; other++) {
                    double pair = product(left[candidates[place - 1][other]], right[word]);
                    terms[other] = sums[other] + pair;
                    double reached = highest[other] + pair + own;
                    if (other == 0 || reached > nextHighest[candidate]) {
                        nextHighest[candidate] = reached;
                        best = other;
                    }
                }
                from[place][candidate] = best;
                nextSums[candidate] = own + logSum(terms);
            }
            highest = nextHighest;
            sums = nextSums;
        }
        int last = TokenChoice.greedy(highest);
        double logarithm = highest[last] - logSum(sums);
        int[] words = new int[scores.length];
        for (int place = scores.length - 1; place >= 0; place--) {
            words[place] = candidates[place][last];
            last = from[place][last];
        }
        return new Best(Arrays.stream(words).boxed().toList(), logarithm);
    }

    private int[] likeliest(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(word -> -scores[word]))
                .limit(beam)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double product(double[] first, double[] second) {
        double sum = 0;
        for (int place = 0; place < first.length; place++) {
            sum += first[place] * second[place];
        }
        return sum;
    }

    private static double logSum(double[] terms) {
        double largest = Arrays.stream(terms).max().orElse(Double.NEGATIVE_INFINITY);
        if (Double.isInfinite(largest)) {
            return largest;
        }
        return largest + Math.log(Arrays.stream(terms).map(term -> Math.exp(term - largest)).sum());
    }
}
