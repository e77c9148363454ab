package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;

/** The loss of chains over words, and its gradient. */
final class ChainKernels {
    private ChainKernels() {}

    static Kernel loss(int beam, BoundNode node) {
        Reals out = new Reals(node.output(0));
        return () -> {
            check(node);
            double sum = 0;
            for (long batch = 0; batch < node.input(0).size(0); batch++) {
                sum += new Chain(node, batch, beam).loss();
            }
            out.set(0, sum);
        };
    }

    static Kernel gradient(int beam, BoundNode node) {
        Reals upstream = new Reals(node.input(4));
        return () -> {
            check(node);
            double[] scores = zeros(node.output(0));
            double[] left = zeros(node.output(1));
            double[] right = zeros(node.output(2));
            for (long batch = 0; batch < node.input(0).size(0); batch++) {
                new Chain(node, batch, beam).differentiate(upstream.get(0), scores, left, right);
            }
            new Reals(node.output(0)).write(scores);
            new Reals(node.output(1)).write(left);
            new Reals(node.output(2)).write(right);
        };
    }

    private static void check(BoundNode node) {
        IndexChecks.labels(node.path(), node.input(3), node.input(0).size(2));
    }

    private static double[] zeros(Tensor tensor) {
        return new double[Math.toIntExact(tensor.elements())];
    }
}
