package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.BoxedSource;
import io.heddle.recipe.Data;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.BoxMessages;
import io.heddle.runtime.model.BoxRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.BoxMeasure;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.BoxTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is told of the boxes that a trained model says. */
final class BoxEvaluation {
    private BoxEvaluation() {}

    /**
     * Measures pictures of a folder; empty where the model says no boxes.
     *
     * @param annotations of the pictures
     */
    static Optional<List<String>> of(
            Path folder,
            Path pictures,
            Optional<Path> annotations,
            MetricNames metrics,
            Engine engine,
            StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        if (ImportedCheckpoint.of(checkpoint).isPresent()
                || !(checkpoint.recipe().getData() instanceof Data.BoxedPictures said)) {
            return Optional.empty();
        }
        var file = annotations.orElseThrow(() -> new ProblemsException(BoxMessages.noAnnotations(folder)));
        var roles = BoxRoles.of(checkpoint.model());
        var data = BoxTask.read(said, new BoxedSource.Coco(file.toString(), pictures.toString()), roles);
        var batching = BoxTask.batching(checkpoint.recipe().getBatch());
        var runnable = RunnableModel.blank(checkpoint.model(), engine);
        checkpoint.loadWeights(runnable.weights());
        var measure = new BoxMeasure(weights.of(runnable), BatchFeed.of(roles), roles, said.getClasses());
        return Optional
                .of(lines(measure, new OrderedBatches(data, batching.size(), batching.lengthMultiple()), metrics));
    }

    /** What is told of these batches. */
    static List<String> lines(BoxMeasure measure, Iterable<Batch> batches, MetricNames metrics) {
        var asked =
                metrics.among(MetricNames.OF_BOXES, "what this model says").orElse(List.copyOf(MetricNames.OF_BOXES));
        var total = measure.of(batches, () -> false).orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add(line("pictures                  %,d", total.real().size()));
        lines.add(line("objects                   %,d", total.real().stream().mapToInt(List::size).sum()));
        lines.add(line("loss                      %.6f", total.loss()));
        asked.forEach(one -> lines.add(MetricNames.line(one, total.of(one))));
        return lines;
    }

    private static String line(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
