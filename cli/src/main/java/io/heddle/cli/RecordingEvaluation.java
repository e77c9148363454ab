package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.BatchSize;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.data.RecordingData;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.LabelMessages;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.LossMeasure;
import io.heddle.runtime.train.Measure;
import io.heddle.runtime.train.WrittenMeasure;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.RecordingTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of the text that a trained model writes for recordings. */
final class RecordingEvaluation {
    private static final int ROWS = 16;

    private RecordingEvaluation() {}

    /**
     * Measures the recordings of a list; empty where the model did not learn from recordings.
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
        var checkpoint = Checkpoint.open(folder);
        if (ImportedCheckpoint.of(checkpoint).isPresent()) return Optional.empty();
        if (!(checkpoint.recipe().getData() instanceof Data.Recordings said)) return Optional.empty();
        if (labels.isPresent()) throw new ProblemsException(LabelMessages.labelsStandBeside(folder));
        var asked = metrics.among(MetricNames.OF_TEXT, "what this model writes");
        var model = TrainedModel.open(folder, engine, weights);
        var recordings = RecordingTask.read(said, list, model.tokenizers().written(), model.roles());
        var batches = new OrderedBatches(recordings, new BatchSize.Sentences(ROWS), 1);
        var losses = new LossMeasure(model.model(), BatchFeed.of(model.roles())).of(batches, () -> false).orElseThrow();
        List<String> lines = new ArrayList<>(LossLines.of(losses));
        lines.addAll(of(model, recordings, asked.orElse(PairEvaluation.usual(model))));
        return Optional.of(lines);
    }

    /** What is told of recordings that were read. */
    static List<String> of(TrainedModel model, RecordingData recordings, List<Measure> measures) {
        var lines = new WrittenMeasure(model.model(), model.tokenizers().written(), Decoding.Greedy.INSTANCE)
                .lines(recordings, () -> false)
                .orElseThrow();
        return PairEvaluation.scored(model, lines, measures);
    }
}
