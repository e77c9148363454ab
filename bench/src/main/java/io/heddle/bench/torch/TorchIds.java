package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Token ids as libtorch takes them. */
final class TorchIds {
    private TorchIds() {}

    static Tensor of(int[] ids, long... shape) {
        return tensor(Arrays.stream(ids).asLongStream().toArray()).view(shape);
    }
}
