package io.heddle.runtime.generate;

import java.util.Arrays;
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
    private final TableRows left;
    private final TableRows right;
    private final int beam;

    /**
     * A search.
     *
     * @param left a row for each word
     * @param beam how many words of each place are in question
     */
    ChainSearch(TableRows left, TableRows right, int beam) {
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
        int[][] candidates = Arrays.stream(scores).map(this::likeliest).toArray(int[][]::new);
        int[][] from = new int[scores.length][];
        double[] highest = own(scores[0], candidates[0]);
        double[] sums = highest;
        for (int place = 1; place < scores.length; place++) {
            double[][] pairs = pairs(candidates[place - 1], candidates[place]);
            double[] own = own(scores[place], candidates[place]);
            double[] nextHighest = new double[own.length];
            double[] nextSums = new double[own.length];
            from[place] = new int[own.length];
            for (int candidate = 0; candidate < own.length; candidate++) {
                double[] reached = plus(highest, pairs[candidate]);
                int best = TokenChoice.greedy(reached);
                from[place][candidate] = best;
                nextHighest[candidate] = reached[best] + own[candidate];
                nextSums[candidate] = own[candidate] + logSum(plus(sums, pairs[candidate]));
            }
            highest = nextHighest;
            sums = nextSums;
        }
        int last = TokenChoice.greedy(highest);
        double logarithm = highest[last] - logSum(sums);
        int[] words = new int[scores.length];
        for (int place = scores.length - 1; place > 0; place--) {
            words[place] = candidates[place][last];
            last = from[place][last];
        }
        words[0] = candidates[0][last];
        return new Best(Arrays.stream(words).boxed().toList(), logarithm);
    }

    /** The words of the highest scores, the highest first, and of two alike the lower id. */
    private int[] likeliest(double[] scores) {
        int[] chosen = new int[Math.min(beam, scores.length)];
        int found = 0;
        for (int word = 0; word < scores.length; word++) {
            int at = found;
            while (at > 0 && scores[word] > scores[chosen[at - 1]]) {
                at--;
            }
            if (at < chosen.length) {
                System.arraycopy(chosen, at, chosen, at + 1, Math.min(found, chosen.length - 1) - at);
                chosen[at] = word;
                found = Math.min(found + 1, chosen.length);
            }
        }
        return chosen;
    }

    private static double[] own(double[] scores, int[] words) {
        return IntStream.of(words).mapToDouble(word -> scores[word]).toArray();
    }

    /** How well each of the later words follows each of the earlier ones: a row for each later one. */
    private double[][] pairs(int[] earlier, int[] later) {
        double[][] columns = columns(earlier);
        double[][] pairs = new double[later.length][earlier.length];
        for (int word = 0; word < later.length; word++) {
            double[] row = right.row(later[word]);
            for (int number = 0; number < row.length; number++) {
                add(pairs[word], row[number], columns[number]);
            }
        }
        return pairs;
    }

    /** The rows of these words on the left, turned: what is added up stands side by side, as vector units like it. */
    private double[][] columns(int[] words) {
        double[][] columns = new double[left.width()][words.length];
        for (int word = 0; word < words.length; word++) {
            double[] row = left.row(words[word]);
            for (int number = 0; number < row.length; number++) {
                columns[number][word] = row[number];
            }
        }
        return columns;
    }

    private static void add(double[] sums, double factor, double[] more) {
        for (int place = 0; place < sums.length; place++) {
            sums[place] += factor * more[place];
        }
    }

    private static double[] plus(double[] first, double[] second) {
        double[] sums = new double[first.length];
        for (int place = 0; place < sums.length; place++) {
            sums[place] = first[place] + second[place];
        }
        return sums;
    }

    private static double logSum(double[] terms) {
        double largest = terms[TokenChoice.greedy(terms)];
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - largest);
        }
        return largest + Math.log(sum);
    }
}
