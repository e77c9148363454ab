package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.model.FrameError;
import io.heddle.model.Objective;
import io.heddle.runtime.data.BatchSize;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.data.SpokenData;
import io.heddle.runtime.generate.Speaker;
import io.heddle.runtime.messages.LabelMessages;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.sound.Spectrogram;
import io.heddle.runtime.sound.TimeWarping;
import io.heddle.runtime.train.SpeechMeasure;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.SpeakingTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is told of how well a trained model speaks, compared with recordings of the same texts. */
final class SpeechEvaluation {
    private static final int ROWS = 16;

    private SpeechEvaluation() {}

    /**
     * Measures the recordings of a list; empty where the model does not speak.
     *
     * @param labels of pictures, which recordings have not
     */
    static Optional<List<String>> of(
            Path folder,
            Path list,
            Optional<Path> labels,
            MetricNames metrics,
            Engine engine,
            StoredWeights weights) {
        if (!SpeakingModel.isIn(folder)) return Optional.empty();
        if (labels.isPresent()) throw new ProblemsException(LabelMessages.labelsStandBeside(folder));
        var model = SpeakingModel.open(folder, engine, weights);
        return Optional.of(of(model, SpeakingTask.read(model.said(), list, model.read(), model.roles()), metrics));
    }

    /** What is told of recordings that were read. */
    static List<String> of(SpeakingModel model, SpokenData data, MetricNames metrics) {
        metrics.among(Set.of(), "a model that speaks");
        var batches = new OrderedBatches(data, new BatchSize.Sentences(ROWS), 1);
        var measure = SpeechMeasure.of(model.model(), BatchFeed.of(model.roles()), batches);
        List<String> lines = new ArrayList<>();
        lines.add(line("frames                    %,d", measure.frames()));
        lines.add(line("loss per frame            %.4f", measure.loss()));
        for (Objective objective : model.model().model().getObjectives()) {
            Optional.ofNullable(measure.terms().get(objective))
                    .ifPresent(mean -> lines.add(line(name(objective) + "%.4f", mean)));
        }
        lines.addAll(spoken(model, data));
        return lines;
    }

    private static String name(Objective objective) {
        return objective instanceof FrameError ? "  frame error             " : "  stop cross entropy      ";
    }

    /** What it says by itself: how long, and whether the nearest recording says the same. */
    private static List<String> spoken(SpeakingModel model, SpokenData data) {
        var recordings = data.recordings();
        Map<String, int[]> texts = new LinkedHashMap<>();
        IntStream.range(0, data.size())
                .forEach(index -> texts.putIfAbsent(recordings.text(index), recordings.read(index)));
        var all = new Speaker(model.model()).say(List.copyOf(texts.values()), model.usualFrames(), () -> false);
        Map<String, Spectrogram> said = new LinkedHashMap<>();
        for (String text : texts.keySet()) {
            said.put(text, all.get(said.size()).frames());
        }
        long ended = all.stream().filter(one -> one.end() == Speaker.End.STOP).count();
        double apart = IntStream.range(0, data.size())
                .map(index -> Math.abs(recordings.sound(index).frames()
                        - said.get(recordings.text(index)).frames()))
                .average()
                .orElse(0);
        long same = said.entrySet().stream()
                .filter(one -> nearest(one.getValue(), data).equals(one.getKey()))
                .count();
        return List.of(
                line("texts that it says        %,d", said.size()),
                line("  of them it ends         %,d", ended),
                line("  nearest says the same   %,d", same),
                line("length, difference        %.1f frames", apart));
    }

    /** What is said in the nearest recording. */
    private static String nearest(Spectrogram said, SpokenData data) {
        return IntStream.range(0, data.size())
                .boxed()
                .min(Comparator.comparingDouble(
                        index -> TimeWarping.distance(said, data.recordings().sound(index))))
                .map(data.recordings()::text)
                .orElseThrow();
    }

    private static String line(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
