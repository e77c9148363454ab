package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Cross entropy and its gradient. */
final class LossKernels {
    private LossKernels() {}

    static Kernel crossEntropy(double smoothing, BoundNode node) {
        INDArray logits = Nd.rows(node.input(0));
        Tensor labels = node.input(1);
        INDArray loss = node.output(0).array();
        INDArray logSums = Nd.column(node.output(1));
        return () -> {
            IndexChecks.labels(node.path(), labels, logits.size(1));
            INDArray largest = Nd.rowMaxima(logits, Double.NEGATIVE_INFINITY);
            INDArray exponentials = Nd.exp(Nd.subtract(logits, largest));
            logSums.assign(Nd.log(Nd.rowSums(exponentials)).addi(largest));
            INDArray means = Nd.rowMeans(logits);
            double sum = 0;
            for (long row = 0; row < labels.elements(); row++) {
                int label = labels.index(row);
                if (label >= 0) {
                    double logSum = logSums.getDouble(row, 0);
                    sum += (1 - smoothing) * (logSum - logits.getDouble(row, label));
                    sum += smoothing == 0 ? 0 : smoothing * (logSum - means.getDouble(row, 0));
                }
            }
            loss.assign(sum);
        };
    }

    static Kernel crossEntropyGradient(double smoothing, BoundNode node) {
        INDArray logits = Nd.rows(node.input(0));
        Tensor labels = node.input(1);
        INDArray logSums = Nd.column(node.input(2));
        INDArray upstream = node.input(3).array();
        INDArray out = Nd.rows(node.output(0));
        return () -> {
            long classes = logits.size(1);
            IndexChecks.labels(node.path(), labels, classes);
            INDArray gradient = Nd.exp(Nd.subtract(logits, logSums)).subi(smoothing / classes);
            for (long row = 0; row < labels.elements(); row++) {
                int label = labels.index(row);
                if (label >= 0) {
                    gradient.putScalar(row, label, gradient.getDouble(row, label) - (1 - smoothing));
                } else {
                    Nd.row(gradient, row).assign(0);
                }
            }
            out.assign(gradient.muli(upstream.getDouble(0)));
        };
    }
}
