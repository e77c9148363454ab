package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.zeros;

import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.bench.contest.Tokens;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The loss of given scores and its gradient. */
final class TorchCrossEntropy implements Contestant {
    private final Tensor scores;
    private final Tensor labels;

    TorchCrossEntropy(Work.CrossEntropy work) {
        scores = zeros(work.getRows(), work.getVocabulary()).set_requires_grad(true);
        labels = TorchIds.of(Tokens.of(work.getRows(), work.getVocabulary(), 0), work.getRows());
    }

    @Override
    public double run() {
        try (PointerScope _ = new PointerScope()) {
            scores.mutable_grad().put(new Tensor());
            Tensor loss = cross_entropy_loss(scores, labels);
            loss.backward();
            return loss.item_float();
        }
    }
}
