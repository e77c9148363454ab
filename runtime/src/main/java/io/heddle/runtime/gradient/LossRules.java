package io.heddle.runtime.gradient;

import io.heddle.graph.Op;

/** Losses. */
final class LossRules {
    private LossRules() {}

    /**
     * {@code dlogits = dloss * (softmax(logits) - (1 - smoothing) * onehot(label) - smoothing / vocabulary)} where the
     * label is not negative, else 0.
     */
    static void crossEntropy(Adjoint at, Op.CrossEntropy crossEntropy) {
        if (at.flowsThrough(1)) {
            Op gradient = new Op.CrossEntropyGradient(crossEntropy.getSmoothing());
            at.give(0, at.add(gradient, at.input(0), at.input(1), at.output(1), at.dy()));
        }
    }
}
