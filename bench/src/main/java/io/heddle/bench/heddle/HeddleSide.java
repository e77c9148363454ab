package io.heddle.bench.heddle;

import io.heddle.bench.Subject;
import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.bench.contest.Tokens;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.weights.SafetensorsWriter;
import io.heddle.runtime.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Heddle's way to do each work, on its cpu backend. */
public final class HeddleSide {
    private static final long SEED = 1;

    private HeddleSide() {}

    /** Heddle, ready to do the work. */
    public static Contestant of(Work work, int threads) {
        Engine engine = Engine.cpu(threads);
        return switch (work) {
            case Work.Training training -> new HeddleTraining(training, model(training.getSubject(), engine));
            case Work.CrossEntropy loss -> new HeddleCrossEntropy(loss, engine);
            case Work.Attention attention -> new HeddleAttention(attention, engine);
            case Work.Decoding decoding -> {
                Subject subject = decoding.getSubject();
                RunnableModel model = model(subject, engine);
                RunnableModel stored = switch (decoding.getStorage()) {
                    case Float -> model;
                    case Bfloat16 -> model.rounded();
                };
                yield new HeddleReading(
                        stored, Tokens.of(decoding.getContext(), subject.getVocabulary(), 0),
                        Tokens.of(1, subject.getVocabulary(), 1), subject.getVocabulary());
            }
            case Work.Prefill prefill -> {
                Subject subject = prefill.getSubject();
                yield new HeddleReading(
                        model(subject, engine), new int[0],
                        Tokens.of(prefill.getTokens(), subject.getVocabulary(), 0), subject.getVocabulary());
            }
        };
    }

    private static RunnableModel model(Subject subject, Engine engine) {
        return RunnableModel.initialized(subject.getModel(), engine, SEED);
    }

    /** Writes the weights that {@link #of} begins with, once, for the other side to read: {@code WORK.safetensors}. */
    public static void writeWeights(Work work, Path folder) {
        Path file = folder.resolve(work.getName() + ".safetensors");
        if (Files.exists(file)) {
            return;
        }
        switch (work) {
            case Work.Training training -> write(file, weights(training.getSubject()));
            case Work.Decoding decoding -> write(file, weights(decoding.getSubject()));
            case Work.Prefill prefill -> write(file, weights(prefill.getSubject()));
            case Work.Attention attention ->
                    write(file, ParameterBuffer.initialized(HeddleAttention.graph(attention), Precision.FLOAT, SEED));
            case Work.CrossEntropy _ -> {}
        }
    }

    private static ParameterBuffer weights(Subject subject) {
        try (Engine engine = Engine.portable(Precision.FLOAT)) {
            return model(subject, engine).weights();
        }
    }

    private static void write(Path file, ParameterBuffer weights) {
        List<TensorSource> tensors = weights.tensors().entrySet().stream()
                .<TensorSource>map(weight -> new TensorSource.Array(weight.getKey(), weight.getValue()))
                .toList();
        SafetensorsWriter.write(file, Map.of(), tensors);
    }
}
