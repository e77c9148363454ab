package io.heddle.runtime.backend.cpu;

import io.heddle.graph.AttentionKind;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.random.Streams;
import io.heddle.runtime.tensor.Tensor;

/** Binds attention and its gradient, tile by tile. */
final class AttentionNodes {
    private static final int FORWARD_RANDOMNESS = 5;
    private static final int BACKWARD_RANDOMNESS = 8;

    private AttentionNodes() {}

    static Kernel forward(AttentionKind kind, BoundNode node, Shares shares) {
        AttentionShape shape = shape(kind, node);
        BoundMask mask = BoundMask.of(kind.getMask(), node);
        long queries = node.input(0).address();
        long keys = node.input(1).address();
        long values = node.input(2).address();
        long out = node.output(0).address();
        long logSumExps = node.output(1).address();
        boolean drops = kind.getDropout() > 0;
        long randomness = drops ? node.input(FORWARD_RANDOMNESS).address() : 0;
        long stream = Streams.stream(kind.getStream());
        float rate = DropoutNode.rate(kind.getDropout());
        RangeTask task = (from, to, worker) -> AttentionForward.forward(
                shape, mask.now(), queries, keys, values, out, logSumExps,
                drops ? DropoutNode.seed(randomness) : 0,
                drops ? stream + DropoutNode.step(randomness) : 0,
                rate, from, to);
        return () -> {
            IndexChecks.lengths(node.path(), node.input(3), shape.keys());
            mask.move();
            shares.units(shape.forwardUnits(), task);
        };
    }

    static Kernel backward(AttentionKind kind, BoundNode node, Shares shares) {
        AttentionShape shape = shape(kind, node);
        BoundMask mask = BoundMask.of(kind.getMask(), node);
        long queries = node.input(0).address();
        long keys = node.input(1).address();
        long values = node.input(2).address();
        long out = node.input(5).address();
        long logSumExps = node.input(6).address();
        long upstream = node.input(7).address();
        long queryGradient = node.output(0).address();
        long keyGradient = node.output(1).address();
        long valueGradient = node.output(2).address();
        boolean drops = kind.getDropout() > 0;
        long randomness = drops ? node.input(BACKWARD_RANDOMNESS).address() : 0;
        long stream = Streams.stream(kind.getStream());
        float rate = DropoutNode.rate(kind.getDropout());
        RangeTask task = (from, to, worker) -> AttentionBackward.backward(
                shape, mask.now(), queries, keys, values, out, logSumExps,
                upstream, queryGradient, keyGradient, valueGradient,
                drops ? DropoutNode.seed(randomness) : 0,
                drops ? stream + DropoutNode.step(randomness) : 0,
                rate, from, to);
        return () -> {
            IndexChecks.lengths(node.path(), node.input(3), shape.keys());
            mask.move();
            shares.units(shape.backwardUnits(), task);
        };
    }

    private static AttentionShape shape(AttentionKind kind, BoundNode node) {
        Tensor queries = node.input(0);
        Tensor keys = node.input(1);
        int queryWidth = (int) queries.size(2);
        int keyWidth = (int) keys.size(2);
        int valueWidth = (int) node.input(2).size(2);
        int valueHead = valueWidth / kind.getKeyValueHeads();
        int rows = (int) keys.size(1);
        return new AttentionShape(
                (int) queries.size(0),
                (int) queries.size(1),
                rows,
                rows,
                kind.getHeads(),
                kind.getKeyValueHeads(),
                queryWidth / kind.getHeads(),
                valueHead,
                queryWidth,
                keyWidth,
                valueWidth,
                valueHead * kind.getHeads(),
                (float) kind.getScale());
    }
}
