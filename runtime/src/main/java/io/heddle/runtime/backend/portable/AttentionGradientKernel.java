package io.heddle.runtime.backend.portable;

import io.heddle.graph.AttentionKind;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of attention head by head, from probabilities that are computed again. */
final class AttentionGradientKernel {
    private static final int OUT = 5;
    private static final int LOG_SUM_EXP = 6;
    private static final int UPSTREAM = 7;
    private static final int MORE = 8;
    private static final int BIAS_GRADIENT = 3;

    private AttentionGradientKernel() {}

    static Kernel of(AttentionKind kind, BoundNode node) {
        Heads heads = new Heads(kind, node, MORE);
        return () -> {
            heads.check();
            node.outputs().forEach(output -> output.array().assign(0));
            for (long batch = 0; batch < heads.batch(); batch++) {
                INDArray shared = heads.hidden(batch, 0);
                for (int head = 0; head < kind.getHeads(); head++) {
                    INDArray hidden = heads.seeDifferently() ? heads.hidden(batch, head) : shared;
                    differentiate(heads, batch, head, hidden);
                }
            }
        };
    }

    private static void differentiate(Heads heads, long batch, int head, INDArray hidden) {
        BoundNode node = heads.node();
        AttentionKind kind = heads.kind();
        int shared = heads.keyValueHead(head);
        INDArray queries = Heads.copy(node.input(0), batch, head, kind.getHeads());
        INDArray keys = Heads.copy(node.input(1), batch, shared, kind.getKeyValueHeads());
        INDArray values = Heads.copy(node.input(2), batch, shared, kind.getKeyValueHeads());
        INDArray out = Heads.copy(node.input(OUT), batch, head, kind.getHeads());
        INDArray upstream = Heads.copy(node.input(UPSTREAM), batch, head, kind.getHeads());

        INDArray logSums = heads.perQuery(node.input(LOG_SUM_EXP), batch, head);
        INDArray probabilities = Nd.exp(
                Nd.subtract(heads.scores(batch, head, hidden), Nd.atLeast(logSums, AttentionKernel.LEAST)));
        INDArray kept = heads.kept(batch, head);

        INDArray valueGradient = Nd.multiply(probabilities.mul(kept), true, upstream, false, 1.0);
        INDArray probabilityGradient = Nd.multiply(upstream, false, values, true, 1.0).muli(kept);
        INDArray shares = Nd.rowSums(upstream.mul(out));
        INDArray scoreGradient = Nd.subtract(probabilityGradient, shares).muli(probabilities);
        INDArray queryGradient = Nd.multiply(scoreGradient, false, keys, false, kind.getScale());
        INDArray keyGradient = Nd.multiply(scoreGradient, true, queries, false, kind.getScale());

        // Heads of queries may share a head of keys, so gradients add up.
        Heads.view(node.output(0), batch, head, kind.getHeads()).addi(queryGradient);
        Heads.view(node.output(1), batch, shared, kind.getKeyValueHeads()).addi(keyGradient);
        Heads.view(node.output(2), batch, shared, kind.getKeyValueHeads()).addi(valueGradient);
        if (heads.isBiased()) {
            heads.bias(node.output(BIAS_GRADIENT), batch, head).addi(scoreGradient);
        }
    }
}
