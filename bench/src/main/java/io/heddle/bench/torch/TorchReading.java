package io.heddle.bench.torch;

import io.heddle.bench.Subject;
import io.heddle.bench.contest.Contestant;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;

/** Reads tokens after those that were read before, into room that was made for them once. */
final class TorchReading implements Contestant {
    private final TorchModel model;
    private final Tensor now;
    private final int kept;

    TorchReading(Subject subject, TorchWeights weights, int[] before, int[] now) {
        model = new TorchModel(subject, weights);
        this.now = TorchIds.of(now, 1, now.length);
        kept = before.length;
        model.cache(kept + now.length);
        if (kept > 0) {
            try (PointerScope _ = new PointerScope(); InferenceMode _ = new InferenceMode()) {
                model.next(TorchIds.of(before, 1, kept), 0);
            }
        }
    }

    @Override
    public double run() {
        try (PointerScope _ = new PointerScope(); InferenceMode _ = new InferenceMode()) {
            Tensor scores = model.next(now, kept);
            return scores.view(-1).narrow(0, scores.size(-1) - 1, 1).item_float();
        }
    }
}
