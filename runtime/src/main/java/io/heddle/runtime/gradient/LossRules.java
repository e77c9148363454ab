package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.List;

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

    /**
     * The gradients of {@code -log p(labels)}: what the chain expects, less what the labels say, of each score and of each
     * pair of neighbouring words (arXiv 1910.11555, equation 7).
     */
    static void chain(Adjoint at, Op.ChainLoss chain) {
        Op gradient = new Op.ChainLossGradient(chain.getBeam());
        List<Value> made = at.addAll(gradient, at.input(0), at.input(1), at.input(2), at.input(3), at.dy());
        for (int input = 0; input < made.size(); input++) {
            at.give(input, made.get(input));
        }
    }
}
