package io.heddle.bench.torch;

import io.heddle.bench.Subject;
import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.bench.contest.Tokens;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** libtorch's way to do each work. */
public final class TorchSide {
    private TorchSide() {}

    /** libtorch, ready to do the work in float, with the weights that Heddle wrote. */
    public static Contestant of(Work work, int threads, Path folder) {
        return of(work, threads, folder, ScalarType.Float);
    }

    /** The same with all numbers in bfloat16. */
    public static Contestant ofBfloat16(Work work, int threads, Path folder) {
        return of(work, threads, folder, ScalarType.BFloat16);
    }

    private static Contestant of(Work work, int threads, Path folder, ScalarType type) {
        torch.set_num_threads(threads);
        return switch (work) {
            case Work.Training training -> new TorchTraining(training, weights(work, folder, type));
            case Work.Attention attention -> new TorchScaledDotProduct(attention, weights(work, folder, type));
            case Work.CrossEntropy loss -> new TorchCrossEntropy(loss);
            case Work.Decoding decoding -> {
                Subject subject = decoding.getSubject();
                yield new TorchReading(
                        subject, weights(work, folder, type),
                        Tokens.of(decoding.getContext(), subject.getVocabulary(), 0),
                        Tokens.of(1, subject.getVocabulary(), 1));
            }
            case Work.Prefill prefill -> {
                Subject subject = prefill.getSubject();
                yield new TorchReading(
                        subject, weights(work, folder, type), new int[0],
                        Tokens.of(prefill.getTokens(), subject.getVocabulary(), 0));
            }
        };
    }

    private static TorchWeights weights(Work work, Path folder, ScalarType type) {
        return new TorchWeights(folder.resolve(work.getName() + ".safetensors"), type);
    }
}
