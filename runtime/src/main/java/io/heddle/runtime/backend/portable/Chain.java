package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One sequence as a chain over the words that are in question at each position (arXiv 1910.11555, section 3.2): the label, which
 * comes first, and the best others, {@code beam} words altogether. A position without a label is not part of the chain.
 *
 * <pre>
 *   score(words) = sum of scores[i, word(i)] + sum of left[word(i - 1)] right[word(i)]
 *   forward[i, c] = log of the sum of exp(score) over all beginnings that end with candidate c at i
 *   backward[i, c] = the same over all ends after it
 * </pre>
 */
final class Chain {
    private final Reals scores;
    private final Reals left;
    private final Reals right;
    private final int vocabulary;
    private final int rank;
    private final List<Long> positions = new ArrayList<>();
    private final List<int[]> candidates = new ArrayList<>();
    private final List<double[]> forward = new ArrayList<>();
    private final List<double[]> backward = new ArrayList<>();

    /** The chain of a sequence of the batch, as a node's inputs are now. */
    Chain(BoundNode node, long batch, int beam) {
        scores = new Reals(node.input(0));
        left = new Reals(node.input(1));
        right = new Reals(node.input(2));
        vocabulary = Math.toIntExact(node.input(0).size(2));
        rank = Math.toIntExact(node.input(1).size(1));
        Tensor labels = node.input(3);
        for (long position = batch * labels.size(1); position < (batch + 1) * labels.size(1); position++) {
            if (labels.index(position) >= 0) {
                positions.add(position);
                candidates.add(choose(position, labels.index(position), Math.clamp(beam, 1, vocabulary)));
            }
        }
        for (int at = 0; at < positions.size(); at++) {
            forward.add(at == 0 ? new double[candidates.get(0).length] : ahead(at));
        }
        for (int at = positions.size() - 1; at >= 0; at--) {
            backward.addFirst(at == positions.size() - 1 ? new double[candidates.get(at).length] : behind(at));
        }
    }

    /** How many positions have a label. */
    int length() {
        return positions.size();
    }

    private int[] choose(long position, int label, int count) {
        int[] chosen = new int[count];
        chosen[0] = label;
        int found = 1;
        for (int word = 0; word < vocabulary; word++) {
            if (word == label) {
                continue;
            }
            int at = Math.min(found, count);
            while (at > 1 && score(position, word) > score(position, chosen[at - 1])) {
                at--;
            }
            if (at < count) {
                System.arraycopy(chosen, at, chosen, at + 1, Math.min(found, count - 1) - at);
                chosen[at] = word;
                found = Math.min(found + 1, count);
            }
        }
        return chosen;
    }

    private double score(long position, int word) {
        return scores.get(position * vocabulary + word);
    }

    private double own(int at, int candidate) {
        return score(positions.get(at), candidates.get(at)[candidate]);
    }

    private double pair(int at, int before, int candidate) {
        long first = (long) candidates.get(at - 1)[before] * rank;
        long second = (long) candidates.get(at)[candidate] * rank;
        double sum = 0;
        for (int place = 0; place < rank; place++) {
            sum += left.get(first + place) * right.get(second + place);
        }
        return sum;
    }

    /** {@code forward} without the scores of position {@code at} itself, which {@link #own} has. */
    private double[] ahead(int at) {
        double[] sums = new double[candidates.get(at).length];
        double[] terms = new double[candidates.get(at - 1).length];
        for (int candidate = 0; candidate < sums.length; candidate++) {
            for (int before = 0; before < terms.length; before++) {
                terms[before] = forward.get(at - 1)[before] + own(at - 1, before) + pair(at, before, candidate);
            }
            sums[candidate] = logSum(terms);
        }
        return sums;
    }

    private double[] behind(int at) {
        double[] sums = new double[candidates.get(at).length];
        double[] terms = new double[candidates.get(at + 1).length];
        for (int candidate = 0; candidate < sums.length; candidate++) {
            for (int next = 0; next < terms.length; next++) {
                terms[next] = pair(at + 1, candidate, next) + own(at + 1, next) + backward.getFirst()[next];
            }
            sums[candidate] = logSum(terms);
        }
        return sums;
    }

    private static double logSum(double[] terms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            largest = Math.max(largest, term);
        }
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - largest);
        }
        return largest + Math.log(sum);
    }

    private double logPartition() {
        double[] terms = forward.getLast().clone();
        for (int candidate = 0; candidate < terms.length; candidate++) {
            terms[candidate] += own(length() - 1, candidate);
        }
        return logSum(terms);
    }

    /** {@code -log p(labels)}; 0 without any. */
    double loss() {
        if (length() == 0) {
            return 0;
        }
        double said = 0;
        for (int at = 0; at < length(); at++) {
            said += own(at, 0) + (at == 0 ? 0 : pair(at, 0, 0));
        }
        return logPartition() - said;
    }

    /** Adds {@code factor} times the gradients of {@link #loss()}. */
    void differentiate(double factor, double[] scoreGradient, double[] leftGradient, double[] rightGradient) {
        if (length() == 0) {
            return;
        }
        double logPartition = logPartition();
        for (int at = 0; at < length(); at++) {
            for (int candidate = 0; candidate < candidates.get(at).length; candidate++) {
                double end = own(at, candidate) + backward.get(at)[candidate] - logPartition;
                double expected = Math.exp(forward.get(at)[candidate] + end) - (candidate == 0 ? 1 : 0);
                int place = Math.toIntExact(positions.get(at) * vocabulary + candidates.get(at)[candidate]);
                scoreGradient[place] += factor * expected;
                for (int before = 0; at > 0 && before < candidates.get(at - 1).length; before++) {
                    double start = forward.get(at - 1)[before] + own(at - 1, before);
                    double both = Math.exp(start + pair(at, before, candidate) + end);
                    double said = before == 0 && candidate == 0 ? 1 : 0;
                    addPair(at, before, candidate, factor * (both - said), leftGradient, rightGradient);
                }
            }
        }
    }

    private void addPair(
            int at, int before, int candidate, double factor, double[] leftGradient, double[] rightGradient) {
        int first = candidates.get(at - 1)[before] * rank;
        int second = candidates.get(at)[candidate] * rank;
        for (int place = 0; place < rank; place++) {
            leftGradient[first + place] += factor * right.get(second + place);
            rightGradient[second + place] += factor * left.get(first + place);
        }
    }
}
