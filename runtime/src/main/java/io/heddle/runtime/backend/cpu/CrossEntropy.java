package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.put;

/**
 * Cross entropy of rows of logits {@code [rows, vocabulary]} with 32-bit labels, smoothed by e (Szegedy et al., arXiv
 * 1512.00567): with p = softmax(logits),
 *
 * <p>loss = (1 - e) (-log p[label]) + e average(-log p), gradient = p - (1 - e) [j is label] - e / vocabulary.
 *
 * <p>A row whose label is negative is ignored: loss and gradient are 0. Everything is computed from the logarithm of the sum
 * of exponentials less the largest logit, so no logits are too large, and no probability underflows to an infinite loss.
 */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * Writes each row's loss and logarithm of the sum of exponentials, for the rows {@code [from, to)}.
     *
     * @throws IndexOutOfBoundsException if a label is not below {@code vocabulary}
     */
    public static void forward(
            long logits, long labels, long losses, long logSumExps, int vocabulary, float smoothing, int from, int to) {
        for (int r = from; r < to; r++) {
            int label = label(labels, r, vocabulary);
            long row = at(logits, (long) r * vocabulary);
            if (label < 0) {
                put(at(losses, r), 0f);
                put(at(logSumExps, r), 0f);
            } else {
                float largest = RowSums.max(row, vocabulary);
                double logSum = Math.log(ExpRows.sum(row, largest, vocabulary));
                put(at(losses, r), loss(row, label, largest, logSum, vocabulary, smoothing));
                put(at(logSumExps, r), (float) (largest + logSum));
            }
        }
    }

    /**
     * The gradient of the sum of losses, times the float at {@code scale}, for the rows {@code [from, to)}; it may take the
     * logits' place.
     */
    public static void backward(
            long logits, long labels, long logSumExps, long scale, long gradient,
            int vocabulary, float smoothing, int from, int to) {
        float factor = get(scale);
        for (int r = from; r < to; r++) {
            int label = label(labels, r, vocabulary);
            long start = 4L * r * vocabulary;
            if (label < 0) {
                Memory.fill(gradient + start, 0f, vocabulary);
            } else {
                float rest = factor * smoothing / vocabulary;
                ExpRows.exp(logits + start, get(at(logSumExps, r)), gradient + start, vocabulary);
                ExpRows.affine(gradient + start, factor, rest, gradient + start, vocabulary);
                subtractLabel(gradient + start, label, factor * (1f - smoothing));
            }
        }
    }

    /**
     * Both at once, with the gradient of the plain sum of losses: for a training step whose logits are needed no more, whose
     * place the gradient may take. A row is read three times, but from memory only once.
     *
     * @throws IndexOutOfBoundsException if a label is not below {@code vocabulary}
     */
    public static void forwardAndBackward(
            long logits, long labels, long losses, long gradient, int vocabulary, float smoothing, int from, int to) {
        for (int r = from; r < to; r++) {
            int label = label(labels, r, vocabulary);
            long row = at(logits, (long) r * vocabulary);
            long target = at(gradient, (long) r * vocabulary);
            if (label < 0) {
                put(at(losses, r), 0f);
                Memory.fill(target, 0f, vocabulary);
            } else {
                float largest = RowSums.max(row, vocabulary);
                double logit = get(at(row, label));
                double mean = smoothing == 0f ? 0.0 : RowSums.sum(row, vocabulary) / vocabulary;
                float sum = ExpRows.exp(row, largest, target, vocabulary);
                put(at(losses, r), loss(largest, Math.log(sum), logit, mean, smoothing));
                ExpRows.affine(target, 1f / sum, smoothing / vocabulary, target, vocabulary);
                subtractLabel(target, label, 1f - smoothing);
            }
        }
    }

    private static float loss(long row, int label, float largest, double logSum, int vocabulary, float smoothing) {
        double mean = smoothing == 0f ? 0.0 : RowSums.sum(row, vocabulary) / vocabulary;
        return loss(largest, logSum, get(at(row, label)), mean, smoothing);
    }

    private static float loss(float largest, double logSum, double logit, double mean, float smoothing) {
        double likelihood = logSum + (largest - logit);
        if (smoothing == 0f) {
            return (float) likelihood;
        }
        return (float) ((1.0 - smoothing) * likelihood + smoothing * (logSum + (largest - mean)));
    }

    private static void subtractLabel(long row, int label, float amount) {
        long target = at(row, label);
        put(target, get(target) - amount);
    }

    private static int label(long labels, int row, int vocabulary) {
        int label = Memory.getInt(at(labels, row));
        if (label >= vocabulary) {
            throw new IndexOutOfBoundsException(
                    "Row " + row + " has label " + label + ", but there are " + vocabulary + " logits.");
        }
        return label;
    }
}
