package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/** Attention by libtorch's own fused kernel, with one product for queries, keys and values where they read the same. */
final class TorchAttention {
    private final int heads;
    private final boolean causal;
    private final double dropout;
    private final Tensor queryWeight;
    private final Tensor queryBias;
    private final Tensor keyValueWeight;
    private final Tensor keyValueBias;
    private final Tensor outputWeight;
    private final Tensor outputBias;
    private final boolean crosses;

    private Tensor cachedKeys;
    private Tensor cachedValues;

    TorchAttention(TorchWeights weights, String path, int heads, boolean causal, double dropout, boolean crosses) {
        this.heads = heads;
        this.causal = causal;
        this.dropout = dropout;
        this.crosses = crosses;
        String query = path + "/query/";
        String key = path + "/key/";
        String value = path + "/value/";
        if (crosses) {
            queryWeight = weights.of(query + "weight");
            queryBias = weights.of(query + "bias");
            keyValueWeight = weights.of(key + "weight", value + "weight");
            keyValueBias = weights.of(key + "bias", value + "bias");
        } else {
            queryWeight = weights.of(query + "weight", key + "weight", value + "weight");
            queryBias = weights.of(query + "bias", key + "bias", value + "bias");
            keyValueWeight = queryWeight;
            keyValueBias = queryBias;
        }
        outputWeight = weights.of(path + "/output/weight");
        outputBias = weights.of(path + "/output/bias");
    }

    /** Room for the keys and values of {@code tokens} tokens. */
    void cache(Tensor keys, Tensor values) {
        cachedKeys = keys;
        cachedValues = values;
    }

    Tensor attend(Tensor x, Tensor memory) {
        Tensor projected = linear(x, queryWeight, queryBias);
        if (crosses) {
            TensorVector keysAndValues = linear(memory, keyValueWeight, keyValueBias).chunk(2, -1);
            return mix(split(projected), split(keysAndValues.get(0)), split(keysAndValues.get(1)), causal);
        }
        TensorVector parts = projected.chunk(3, -1);
        return mix(split(parts.get(0)), split(parts.get(1)), split(parts.get(2)), causal);
    }

    /** Attends from a token, or the first ones, to what the cache holds, after adding to it. */
    Tensor extend(Tensor x, long kept) {
        TensorVector parts = linear(x, queryWeight, queryBias).chunk(3, -1);
        long fresh = x.size(1);
        cachedKeys.narrow(2, kept, fresh).copy_(split(parts.get(1)));
        cachedValues.narrow(2, kept, fresh).copy_(split(parts.get(2)));
        return mix(
                split(parts.get(0)), cachedKeys.narrow(2, 0, kept + fresh), cachedValues.narrow(2, 0, kept + fresh),
                fresh > 1);
    }

    private Tensor mix(Tensor queries, Tensor keys, Tensor values, boolean causal) {
        Tensor mixed = scaled_dot_product_attention(
                queries, keys, values, new TensorOptional(), dropout, causal, new DoubleOptional(), false);
        Tensor joined = mixed.transpose(1, 2).reshape(queries.size(0), queries.size(2), -1);
        return linear(joined, outputWeight, outputBias);
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), x.size(1), heads, -1).transpose(1, 2);
    }
}
