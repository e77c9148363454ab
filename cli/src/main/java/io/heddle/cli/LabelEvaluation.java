package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Data;
import io.heddle.recipe.Metric;
import io.heddle.recipe.PictureFiles;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.BatchSize;
import io.heddle.runtime.data.Examples;
import io.heddle.runtime.data.OrderedBatches;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.BlockGraphMessages;
import io.heddle.runtime.messages.LabelMessages;
import io.heddle.runtime.messages.PictureMessages;
import io.heddle.runtime.model.LabelRoles;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.PictureRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.LabelMeasure;
import io.heddle.runtime.train.Measure;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.LabelTask;
import io.heddle.runtime.train.data.PictureTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is told of the labels that a trained model says of a file's texts, or of its pictures. */
final class LabelEvaluation {
    private static final int ROWS = 16;

    /**
     * What is measured on.
     *
     * @param scores the head that scores labels
     * @param names what labels are called
     */
    private record Given(Examples examples, BatchFeed feed, String scores, List<String> names) {}

    private LabelEvaluation() {}

    /** @param labels of pictures, which have a file of their own */
    static List<String> of(
            Path folder,
            Path file,
            Optional<Path> labels,
            MetricNames metrics,
            Engine engine,
            StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        if (ImportedCheckpoint.of(checkpoint).isPresent()) {
            throw new ProblemsException(LabelMessages.noLabels(folder));
        }
        var recipe = checkpoint.recipe();
        var asked = metrics.among(possible(recipe.getData()), "what this model labels");
        var given = switch (recipe.getData()) {
            case Data.LabelledTexts _,Data.TaggedWords _ -> {
                if (labels.isPresent()) throw new ProblemsException(LabelMessages.labelsStandBeside(folder));
                yield read(checkpoint, recipe.getData(), file);
            }
            case Data.Pictures pictures -> pictures(
                    checkpoint,
                    pictures,
                    file,
                    labels.orElseThrow(() -> new ProblemsException(PictureMessages.noLabels(folder))));
            case Data.BlockGraphs _ -> throw new ProblemsException(BlockGraphMessages.noFile(folder));
            case Data.Text _,Data.MaskedText _,Data.Pairs _,Data.ReverseTask _,Data.BoxedPictures _,Data.Recordings _ ->
                    throw new ProblemsException(LabelMessages.noLabels(folder));
        };
        var runnable = RunnableModel.blank(checkpoint.model(), engine);
        checkpoint.loadWeights(runnable.weights());
        var total = new LabelMeasure(weights.of(runnable), given.feed(), given.scores(), given.names())
                .of(new OrderedBatches(given.examples(), new BatchSize.Sentences(ROWS), 1), () -> false)
                .orElseThrow();
        return lines(total, asked.orElse(usual(recipe.getEvaluation().getMetrics())));
    }

    /** What can be measured of labels of this data; entities, where tags mark some. */
    static Set<Measure> possible(Data data) {
        return switch (data) {
            case Data.TaggedWords words -> words.getTags().stream().allMatch(tag -> tag.matches("O|[BI]-.+"))
                    ? MetricNames.OF_TAGS
                    : MetricNames.OF_LABELS;
            case Data.LabelledTexts _,Data.Pictures _,Data.BoxedPictures _,Data.BlockGraphs _,Data.Text _,Data.MaskedText _,Data.Pairs _,Data.ReverseTask _,Data.Recordings _ ->
                    MetricNames.OF_LABELS;
        };
    }

    private static Given read(Checkpoint checkpoint, Data said, Path file) {
        var roles = LabelRoles.of(checkpoint.model());
        var data = LabelTask.read(said, file, checkpoint.tokenizers().written()).orElseThrow();
        ModelRoles.limit(roles.read()).ifPresent(data::requirePositions);
        return new Given(data, BatchFeed.of(roles), roles.labels().getName(), LabelTask.names(said));
    }

    private static Given pictures(Checkpoint checkpoint, Data.Pictures said, Path images, Path labels) {
        var roles = PictureRoles.of(checkpoint.model());
        var data = PictureTask.read(said, new PictureFiles(images.toString(), labels.toString()), roles);
        return new Given(data, BatchFeed.of(roles), roles.labels().getName(), said.getClasses());
    }

    /** The usual measures of labels: accuracy, and those of entities where the recipe asks for them. */
    static List<Measure> usual(List<Metric> metrics) {
        return metrics.contains(Metric.Entities.INSTANCE)
                ? List.copyOf(MetricNames.OF_TAGS)
                : List.copyOf(MetricNames.OF_LABELS);
    }

    static List<String> lines(LabelMeasure.Total total, List<Measure> measures) {
        List<String> lines = new ArrayList<>();
        lines.add(line("labels                    %,d", total.labels()));
        lines.add(line("loss per label            %.6f", total.mean()));
        measures.forEach(measure -> lines.add(MetricNames.line(measure, total.of(measure))));
        return lines;
    }

    private static String line(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
