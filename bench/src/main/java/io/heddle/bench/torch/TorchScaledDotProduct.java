package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.terms.Causal;
import io.heddle.terms.Everything;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** The sum of all that libtorch's fused attention gives, and its gradients. */
final class TorchScaledDotProduct implements Contestant {
    private final Tensor queries;
    private final Tensor keys;
    private final Tensor values;
    private final boolean causal;

    TorchScaledDotProduct(Work.Attention work, TorchWeights weights) {
        queries = weights.of("queries");
        keys = weights.of("keys");
        values = weights.of("values");
        weights.train();
        causal = switch (work.getMask()) {
            case Everything _ -> false;
            case Causal _ -> true;
            default -> throw new IllegalArgumentException("libtorch has no kernel for " + work.getMask() + ".");
        };
    }

    @Override
    public double run() {
        try (PointerScope _ = new PointerScope()) {
            for (Tensor tensor : new Tensor[] {queries, keys, values}) {
                tensor.mutable_grad().put(new Tensor());
            }
            Tensor mixed = scaled_dot_product_attention(
                    split(queries), split(keys), split(values), new TensorOptional(), 0, causal, new DoubleOptional(),
                    false);
            Tensor loss = mixed.sum();
            loss.backward();
            return loss.item_float();
        }
    }

    private static Tensor split(Tensor x) {
        return x.view(1, x.size(1), Work.Attention.HEADS, Work.Attention.HEAD_WIDTH).transpose(1, 2);
    }
}
