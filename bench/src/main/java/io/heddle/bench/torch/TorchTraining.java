package io.heddle.bench.torch;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.bench.contest.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;

/** A training step: loss, gradients and AdamW. */
final class TorchTraining implements Contestant {
    private static final double RATE = 1e-4;

    private final TorchModel model;
    private final List<Tensor> ids = new ArrayList<>();
    private final Tensor labels;
    private final AdamW optimizer;

    TorchTraining(Work.Training work, TorchWeights weights) {
        model = new TorchModel(work.getSubject(), weights);
        weights.train();
        int count = work.getBatch() * work.getTime();
        int vocabulary = work.getSubject().getVocabulary();
        int inputs = work.getSubject().getInputs().size();
        for (int i = 0; i < inputs; i++) {
            ids.add(TorchIds.of(Tokens.of(count, vocabulary, i), work.getBatch(), work.getTime()));
        }
        labels = TorchIds.of(Tokens.of(count, vocabulary, inputs), count);
        AdamWOptions options = new AdamWOptions(RATE);
        options.weight_decay().put(0.0);
        optimizer = new AdamW(weights.all(), options);
    }

    @Override
    public double run() {
        try (PointerScope _ = new PointerScope()) {
            optimizer.zero_grad();
            Tensor scores = model.scores(ids);
            Tensor loss = cross_entropy_loss(scores.view(labels.size(0), -1), labels);
            loss.backward();
            optimizer.step();
            return loss.item_float();
        }
    }
}
