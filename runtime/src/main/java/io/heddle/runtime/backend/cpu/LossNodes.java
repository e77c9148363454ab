package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.Tensor;

/** Binds cross entropy and its gradient. */
final class LossNodes {
    private LossNodes() {}

    static Kernel crossEntropy(float smoothing, BoundNode node, Shares shares) {
        Tensor labels = node.input(1);
        long logits = node.input(0).address();
        long labelsAddress = labels.address();
        long loss = node.output(0).address();
        long logSumExps = node.output(1).address();
        int classes = (int) node.input(0).size(-1);
        int rows = (int) labels.elements();
        Tensor losses = Tensor.allocate(node.output(0).type(), rows);
        RangeTask task = (from, to, worker) -> CrossEntropy.forward(
                logits, labelsAddress, losses.address(), logSumExps, classes, smoothing, from, to);
        return () -> {
            IndexChecks.labels(node.path(), labels, classes);
            shares.rows(rows, classes, task);
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += Memory.get(Memory.at(losses.address(), row));
            }
            Memory.put(loss, (float) sum);
        };
    }

    static Kernel crossEntropyGradient(float smoothing, BoundNode node, Shares shares) {
        Tensor labels = node.input(1);
        long logits = node.input(0).address();
        long labelsAddress = labels.address();
        long logSumExps = node.input(2).address();
        long scale = node.input(3).address();
        long gradient = node.output(0).address();
        int classes = (int) node.input(0).size(-1);
        int rows = (int) labels.elements();
        RangeTask task = (from, to, worker) -> CrossEntropy.backward(
                logits, labelsAddress, logSumExps, scale, gradient, classes, smoothing, from, to);
        return () -> {
            IndexChecks.labels(node.path(), labels, classes);
            shares.rows(rows, classes, task);
        };
    }
}
