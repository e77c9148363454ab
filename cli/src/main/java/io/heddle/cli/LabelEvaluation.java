package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Metric;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.BatchSize;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.LabelMessages;
import io.heddle.runtime.model.LabelRoles;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.LabelMeasure;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.LabelTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of the labels that a trained model says of a file's texts. */
final class LabelEvaluation {
    private static final int ROWS = 16;

    private LabelEvaluation() {}

    static List<String> of(Path folder, Path file, Engine engine, StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        if (ImportedCheckpoint.of(checkpoint).isPresent()) {
            throw new ProblemsException(LabelMessages.noLabels(folder));
        }
        var recipe = checkpoint.recipe();
        var model = checkpoint.model();
        var names = LabelTask.names(recipe.getData());
        if (names.isEmpty()) {
            throw new ProblemsException(LabelMessages.noLabels(folder));
        }
        var data = LabelTask.read(recipe.getData(), file, checkpoint.tokenizers().written()).orElseThrow();
        var roles = LabelRoles.of(model);
        ModelRoles.limit(roles.read()).ifPresent(data::requirePositions);
        var runnable = RunnableModel.blank(model, engine);
        checkpoint.loadWeights(runnable.weights());
        var total = new LabelMeasure(weights.of(runnable), BatchFeed.of(roles), roles.labels().getName(), names)
                .of(new OrderedBatches(data, new BatchSize.Sentences(ROWS), 1), () -> false)
                .orElseThrow();
        return lines(total, recipe.getEvaluation().getMetrics());
    }

    static List<String> lines(LabelMeasure.Total total, List<Metric> metrics) {
        List<String> lines = new ArrayList<>();
        lines.add(line("labels                    %,d", total.labels()));
        lines.add(line("loss per label            %.6f", total.mean()));
        lines.add(line("accuracy                  %.2f %%", total.accuracy()));
        for (Metric metric : metrics) {
            switch (metric) {
                case Metric.Bleu _ -> {}
                case Metric.Entities _ -> {
                    lines.add(line("precision                 %.2f %%", total.entities().precision()));
                    lines.add(line("recall                    %.2f %%", total.entities().recall()));
                    lines.add(line("F1                        %.2f %%", total.entities().f1()));
                }
            }
        }
        return lines;
    }

    private static String line(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
