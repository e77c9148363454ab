package io.heddle.runtime.backend.cpu;

import io.heddle.graph.AttentionKind;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.Tensor;
import java.util.Optional;

/** Binds attention and its gradient, tile by tile. */
final class AttentionNodes {
    private static final int FORWARD_RANDOMNESS = 5;
    private static final int BACKWARD_RANDOMNESS = 8;

    private AttentionNodes() {}

    static Kernel forward(AttentionKind kind, BoundNode node, Shares shares) {
        AttentionShape shape = shape(kind, node);
        BoundMask mask = new BoundMask(kind.getMask(), kind.getHeads(), node);
        Optional<BoundDropout> dropout = dropout(kind, node, FORWARD_RANDOMNESS);
        AttentionTensors tensors = tensors(node, node.output(0), node.output(1));
        if (shape.queries() == 1 && dropout.isEmpty() && mask.now().tiles().isEmpty()) {
            DecodingAttention decoding = new DecodingAttention(shape, tensors, shares.pool());
            return () -> {
                IndexChecks.lengths(node.path(), node.input(3), shape.keys());
                mask.move();
                decoding.run(mask.now());
            };
        }
        RangeTask task =
                (from, to, worker) -> AttentionForward.forward(shape, mask.now(), now(dropout), tensors, from, to);
        return () -> {
            IndexChecks.lengths(node.path(), node.input(3), shape.keys());
            mask.move();
            dropout.ifPresent(BoundDropout::move);
            shares.units(shape.forwardUnits(), task);
        };
    }

    static Kernel backward(AttentionKind kind, BoundNode node, Shares shares) {
        AttentionShape shape = shape(kind, node);
        BoundMask mask = new BoundMask(kind.getMask(), kind.getHeads(), node);
        Optional<BoundDropout> dropout = dropout(kind, node, BACKWARD_RANDOMNESS);
        AttentionTensors tensors = tensors(node, node.input(5), node.input(6));
        AttentionTensors.Gradients gradients = new AttentionTensors.Gradients(
                node.input(7).address(),
                node.output(0).address(),
                node.output(1).address(),
                node.output(2).address());
        RangeTask task = (from, to, worker) -> AttentionBackward.backward(shape, mask.now(), now(dropout), tensors,
                gradients, from, to);
        return () -> {
            IndexChecks.lengths(node.path(), node.input(3), shape.keys());
            mask.move();
            dropout.ifPresent(BoundDropout::move);
            shares.units(shape.backwardUnits(), task);
        };
    }

    private static Optional<BoundDropout> dropout(AttentionKind kind, BoundNode node, int randomness) {
        return kind.getDropout() == 0
                ? Optional.empty()
                : Optional.of(new BoundDropout(kind.getStream(), kind.getDropout(), node.input(randomness)));
    }

    private static Dropout now(Optional<BoundDropout> dropout) {
        return dropout.isPresent() ? dropout.get().now() : Dropout.NONE;
    }

    private static AttentionTensors tensors(BoundNode node, Tensor out, Tensor logSumExps) {
        return new AttentionTensors(
                node.input(0).address(),
                node.input(1).address(),
                node.input(2).address(),
                out.address(),
                logSumExps.address());
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
