package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.zeros;

import io.heddle.bench.Subject;
import io.heddle.terms.PreNorm;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The model of a {@link Subject} in libtorch, as its users write it. */
final class TorchModel {
    private static final double WAVELENGTH = 10_000;

    private final Subject subject;
    private final Tensor table;
    private final List<TorchLayer> encoder = new ArrayList<>();
    private final List<TorchLayer> decoder = new ArrayList<>();
    private final List<TorchLayer.Norm> lastNorms = new ArrayList<>();
    private final Tensor positions;
    private final boolean translates;

    TorchModel(Subject subject, TorchWeights weights) {
        this.subject = subject;
        translates = subject.getInputs().size() > 1;
        table = weights.of(subject.getInputs().getFirst() + "/embedding");
        int width = (int) table.size(1);
        positions = translates ? sinusoids(width) : weights.of("text/positions");
        for (int i = 0; i < subject.getLayers(); i++) {
            if (translates) {
                encoder.add(new TorchLayer(weights, "encoder/" + i, subject, false));
            }
            decoder.add(new TorchLayer(weights, "decoder/" + i, subject, true));
        }
        if (subject.getLayout() instanceof PreNorm) {
            lastNorms.add(TorchLayer.Norm.of(weights, "decoder/norm"));
            if (translates) {
                lastNorms.add(TorchLayer.Norm.of(weights, "encoder/norm"));
            }
        }
    }

    private static Tensor sinusoids(int width) {
        int count = 1 << 10;
        Tensor table = zeros(count, width);
        var numbers = new org.bytedeco.javacpp.FloatPointer(table.data_ptr());
        for (int position = 0; position < count; position++) {
            for (int i = 0; i < width; i++) {
                double angle = position / Math.pow(WAVELENGTH, (i - i % 2) / (double) width);
                numbers.put((long) position * width + i, (float) (i % 2 == 0 ? Math.sin(angle) : Math.cos(angle)));
            }
        }
        return table;
    }

    /** The scores of every position. */
    Tensor scores(List<Tensor> ids) {
        Tensor memory = translates ? run(encoder, embedded(ids.getFirst(), 0), null, lastNorms.size() - 1) : null;
        return linear(run(decoder, embedded(ids.getLast(), 0), memory, 0), table);
    }

    private Tensor run(List<TorchLayer> layers, Tensor x, Tensor memory, int norm) {
        Tensor state = x;
        for (TorchLayer layer : layers) {
            state = layer.apply(state, memory);
        }
        return lastNorms.isEmpty() ? state : lastNorms.get(norm).apply(state);
    }

    private Tensor embedded(Tensor ids, long from) {
        Tensor rows = embedding(table, ids);
        Tensor scaled = translates ? rows.mul(new Scalar(Math.sqrt((double) table.size(1)))) : rows;
        Tensor placed = scaled.add(positions.narrow(0, from, ids.size(1)));
        return subject.getDropout() > 0 ? dropout(placed, subject.getDropout(), true) : placed;
    }

    /** Room for the keys and values of a row of tokens. */
    void cache(int tokens) {
        long width = table.size(1);
        long heads = subject.getHeads();
        for (TorchLayer layer : decoder) {
            Tensor keys = zeros(1, heads, tokens, width / heads).to(table.scalar_type());
            Tensor values = zeros(1, heads, tokens, width / heads).to(table.scalar_type());
            layer.attention().cache(keys, values);
        }
    }

    /** The scores of the token after {@code ids}, which follow {@code kept} tokens that were read before. */
    Tensor next(Tensor ids, long kept) {
        Tensor state = embedded(ids, kept);
        for (TorchLayer layer : decoder) {
            state = layer.extend(state, kept);
        }
        Tensor last = state.narrow(1, ids.size(1) - 1, 1);
        return linear(lastNorms.getFirst().apply(last), table);
    }
}
