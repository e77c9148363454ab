package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.relu;

import io.heddle.bench.Subject;
import io.heddle.terms.GeluTanh;
import io.heddle.terms.PreNorm;
import io.heddle.terms.Relu;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** A layer of attention, attention to a memory where its weights are there, and a feed-forward network. */
final class TorchLayer {
    private static final double EPSILON = 1e-5;

    private final Subject subject;
    private final Norm attentionNorm;
    private final Norm crossNorm;
    private final Norm feedForwardNorm;
    private final TorchAttention attention;
    private final TorchAttention crossAttention;
    private final Tensor upWeight;
    private final Tensor upBias;
    private final Tensor downWeight;
    private final Tensor downBias;

    /** A norm's weights. */
    record Norm(TensorOptional gain, TensorOptional bias) {
        static Norm of(TorchWeights weights, String path) {
            return new Norm(
                    new TensorOptional(weights.of(path + "/gain")), new TensorOptional(weights.of(path + "/bias")));
        }

        Tensor apply(Tensor x) {
            return layer_norm(x, new long[] {x.size(-1)}, gain, bias, EPSILON, true);
        }
    }

    TorchLayer(TorchWeights weights, String path, Subject subject, boolean causal) {
        this.subject = subject;
        attentionNorm = Norm.of(weights, path + "/attention/norm");
        attention = new TorchAttention(weights, path + "/attention", subject.getHeads(), causal, subject.getDropout(),
                false);
        boolean crosses = weights.has(path + "/crossAttention/query/weight");
        crossNorm = crosses ? Norm.of(weights, path + "/crossAttention/norm") : attentionNorm;
        crossAttention = crosses
                ? new TorchAttention(weights, path + "/crossAttention", subject.getHeads(), false, subject.getDropout(),
                        true)
                : attention;
        feedForwardNorm = Norm.of(weights, path + "/feedForward/norm");
        upWeight = weights.of(path + "/feedForward/up/weight");
        upBias = weights.of(path + "/feedForward/up/bias");
        downWeight = weights.of(path + "/feedForward/down/weight");
        downBias = weights.of(path + "/feedForward/down/bias");
    }

    TorchAttention attention() {
        return attention;
    }

    Tensor apply(Tensor x, Tensor memory) {
        Tensor state = residual(x, attentionNorm, input -> attention.attend(input, input));
        if (crossAttention != attention) {
            state = residual(state, crossNorm, input -> crossAttention.attend(input, memory));
        }
        return residual(state, feedForwardNorm, this::feedForward);
    }

    Tensor extend(Tensor x, long kept) {
        Tensor state = residual(x, attentionNorm, input -> attention.extend(input, kept));
        return residual(state, feedForwardNorm, this::feedForward);
    }

    private Tensor residual(Tensor x, Norm norm, UnaryOperator<Tensor> block) {
        return subject.getLayout() instanceof PreNorm
                ? x.add(dropped(block.apply(norm.apply(x))))
                : norm.apply(x.add(dropped(block.apply(x))));
    }

    private Tensor feedForward(Tensor x) {
        Tensor up = linear(x, upWeight, upBias);
        Tensor active = switch (subject.getActivation()) {
            case Relu _ -> relu(up);
            case GeluTanh _ -> gelu(up, "tanh");
            default -> gelu(up);
        };
        return linear(dropped(active), downWeight, downBias);
    }

    private Tensor dropped(Tensor x) {
        return subject.getDropout() > 0 ? dropout(x, subject.getDropout(), true) : x;
    }
}
