package io.heddle.runtime.backend.portable;

import io.heddle.graph.AttentionKind;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention head by head, its scores stored whole. */
final class AttentionKernel {
    /** Below any score: what the largest score of a query counts as that sees nothing. */
    static final double LEAST = -1e30;

    private static final int MORE = 5;

    private AttentionKernel() {}

    static Kernel of(AttentionKind kind, BoundNode node) {
        Heads heads = new Heads(kind, node, MORE);
        return () -> {
            heads.check();
            for (long batch = 0; batch < heads.batch(); batch++) {
                INDArray shared = heads.hidden(batch, 0);
                for (int head = 0; head < kind.getHeads(); head++) {
                    INDArray hidden = heads.seeDifferently() ? heads.hidden(batch, head) : shared;
                    attend(heads, batch, head, hidden);
                }
            }
        };
    }

    private static void attend(Heads heads, long batch, int head, INDArray hidden) {
        BoundNode node = heads.node();
        AttentionKind kind = heads.kind();
        INDArray scores = heads.scores(batch, head, hidden);
        INDArray largest = Nd.rowMaxima(scores, LEAST);
        INDArray exponentials = Nd.exp(Nd.subtract(scores, largest));
        INDArray sums = Nd.rowSums(exponentials);
        // The largest score gives 1, so a sum below 1 is that of a query which sees nothing: 0.
        INDArray probabilities = Nd.scale(exponentials, Nd.reciprocal(Nd.atLeast(sums, 1)));
        probabilities.muli(heads.kept(batch, head));
        INDArray values = Heads.copy(node.input(2), batch, heads.keyValueHead(head), kind.getKeyValueHeads());
        INDArray out = Nd.multiply(probabilities, false, values, false, 1.0);
        Heads.view(node.output(0), batch, head, kind.getHeads()).assign(out);
        heads.perQuery(node.output(1), batch, head).assign(Nd.log(sums).addi(largest));
    }
}
