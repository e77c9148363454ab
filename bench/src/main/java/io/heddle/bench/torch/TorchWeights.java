package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.from_blob;

import io.heddle.runtime.weights.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The weights that Heddle wrote, as tensors of libtorch in one type of number. */
final class TorchWeights {
    private final SafetensorsFile file;
    private final ScalarType type;
    private final List<Tensor> all = new ArrayList<>();

    TorchWeights(Path path, ScalarType type) {
        file = SafetensorsFile.open(path);
        this.type = type;
    }

    /** The weight of this name, or several one below the other: one product in place of three. */
    Tensor of(String... names) {
        List<Tensor> parts = Arrays.stream(names).map(this::mapped).toList();
        Tensor whole = parts.size() == 1
                ? parts.getFirst().clone()
                : cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
        Tensor weight = whole.to(type);
        all.add(weight);
        return weight;
    }

    boolean has(String name) {
        return file.has(name);
    }

    private Tensor mapped(String name) {
        long[] shape = file.entry(name).shape().stream().mapToLong(Long::longValue).toArray();
        ByteBuffer numbers = file.segment(name).asByteBuffer();
        return from_blob(new Pointer(numbers), shape);
    }

    /** Lets all weights have gradients. */
    void train() {
        all.forEach(weight -> weight.set_requires_grad(true));
    }

    TensorVector all() {
        return new TensorVector(all.toArray(Tensor[]::new));
    }
}
