package io.heddle.runtime.train;

import io.heddle.recipe.Decoding;
import io.heddle.recipe.Metric;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.generate.UsualDecoding;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import io.heddle.runtime.train.data.BoxTask;
import io.heddle.runtime.train.data.GraphTask;
import io.heddle.runtime.train.data.LabelTask;
import io.heddle.runtime.train.data.MaskedTask;
import io.heddle.runtime.train.data.PairTask;
import io.heddle.runtime.train.data.PictureTask;
import io.heddle.runtime.train.data.RecordingTask;
import io.heddle.runtime.train.data.SpeakingTask;
import io.heddle.runtime.train.data.TextTask;
import io.heddle.runtime.train.data.TrainingData;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a training measures on the data that it does not learn from. */
final class HeldOutMeasure {
    private static final List<Measure> OF_WHAT_IS_WRITTEN =
            List.copyOf(EnumSet.range(Measure.BLEU, Measure.EXACT_MATCH));

    private final RunnableModel model;
    private final Recipe recipe;
    private final TrainingData data;
    private final LossMeasure losses;
    private final Optional<LabelMeasure> labels;
    private final Optional<BoxMeasure> boxes;

    HeldOutMeasure(RunnableModel model, Recipe recipe, TrainingData data) {
        this.model = model;
        this.recipe = recipe;
        this.data = data;
        losses = new LossMeasure(model, data.feed());
        labels = switch (data) {
            case TextTask _,PairTask _,RecordingTask _,SpeakingTask _,BoxTask _ -> Optional.empty();
            case MaskedTask text -> Optional.of(new LabelMeasure(model, data.feed(), text.scores(), List.of()));
            case LabelTask task -> Optional.of(new LabelMeasure(model, data.feed(), task.scores(), task.names()));
            case PictureTask task -> Optional.of(new LabelMeasure(model, data.feed(), task.scores(), task.names()));
            case GraphTask task -> Optional.of(new LabelMeasure(model, data.feed(), task.scores(), task.names()));
        };
        boolean asked = recipe.getEvaluation().getMetrics().contains(Metric.MeanAveragePrecision.INSTANCE);
        boxes = asked && data instanceof BoxTask task
                ? Optional.of(new BoxMeasure(model, data.feed(), task.roles(), task.names()))
                : Optional.empty();
    }

    /** What may be measured, asked for or not, so that a record has the same columns whatever is asked for later. */
    static List<Measure> possible(TrainingData data) {
        return switch (data) {
            case TextTask _ -> List.of(Measure.BLEU);
            case SpeakingTask _ -> List.of();
            case PairTask _,RecordingTask _ -> OF_WHAT_IS_WRITTEN;
            case MaskedTask _,PictureTask _,GraphTask _ -> List.of(Measure.ACCURACY);
            case BoxTask _ -> List.of(Measure.MEAN_AVERAGE_PRECISION, Measure.MEAN_AVERAGE_PRECISION_AT_HALF);
            case LabelTask task -> task.hasTags()
                    ? List.of(Measure.ACCURACY, Measure.PRECISION, Measure.RECALL, Measure.F1)
                    : List.of(Measure.ACCURACY);
        };
    }

    /** Empty when it was asked to stop: half an evaluation is none. */
    Optional<EvaluationReport> after(long steps, BooleanSupplier stop) {
        return switch (data) {
            case TextTask _,SpeakingTask _ -> loss(steps, stop);
            case PairTask pairs -> written(
                    steps,
                    stop,
                    () -> measure(pairs.written()).lines(pairs.heldOut(), pairs.validationPairs(steps), stop));
            case RecordingTask task -> written(
                    steps,
                    stop,
                    () -> measure(task.written()).lines(task.heldOut(), task.validationRecordings(steps), stop));
            case MaskedTask _,LabelTask _,PictureTask _,GraphTask _ -> labelled(steps, stop);
            case BoxTask _ -> boxes.isEmpty() ? loss(steps, stop) : boxed(steps, stop);
        };
    }

    private Optional<EvaluationReport> loss(long steps, BooleanSupplier stop) {
        return losses
                .of(data.validation(steps), stop)
                .map(total -> new EvaluationReport(steps, total.mean(), Map.of()));
    }

    /** A model that has learned nothing yet writes nonsense at length, so that measuring it waits for the first step. */
    private Optional<EvaluationReport> written(
            long steps, BooleanSupplier stop, Supplier<Optional<WrittenMeasure.Lines>> writing) {
        Optional<EvaluationReport> loss = loss(steps, stop);
        if (loss.isEmpty() || steps == 0) {
            return loss;
        }
        List<Metric> metrics = recipe.getEvaluation().getMetrics();
        Map<Measure, Double> measures = new EnumMap<>(Measure.class);
        List<Measure> asked =
                metrics.stream().flatMap(metric -> LineScores.measures(metric).stream()).toList();
        if (!asked.isEmpty()) {
            Optional<WrittenMeasure.Lines> lines = writing.get();
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            LineScores scores = LineScores.of(metrics);
            asked.forEach(measure -> measures.put(
                    measure, scores.score(measure, lines.get().hypotheses(), lines.get().references())));
        }
        return Optional.of(new EvaluationReport(steps, loss.get().loss(), measures));
    }

    private WrittenMeasure measure(Tokenizer written) {
        return new WrittenMeasure(model, written, UsualDecoding.of(recipe, Decoding.Greedy.INSTANCE));
    }

    private Optional<EvaluationReport> labelled(long steps, BooleanSupplier stop) {
        return labels
                .flatMap(measure -> measure.of(data.validation(steps), stop))
                .map(total -> new EvaluationReport(steps, total.mean(), measures(total)));
    }

    private Optional<EvaluationReport> boxed(long steps, BooleanSupplier stop) {
        return boxes.flatMap(measure -> measure.of(data.validation(steps), stop)).map(total -> {
            Map<Measure, Double> measures = new EnumMap<>(Measure.class);
            possible(data).forEach(measure -> measures.put(measure, total.of(measure)));
            return new EvaluationReport(steps, total.loss(), measures);
        });
    }

    private Map<Measure, Double> measures(LabelMeasure.Total total) {
        Map<Measure, Double> measures = new EnumMap<>(Measure.class);
        measures.put(Measure.ACCURACY, total.accuracy());
        for (Metric metric : recipe.getEvaluation().getMetrics()) {
            switch (metric) {
                case Metric.Bleu _,Metric.ChrF _,Metric.ChrFWithWords _,Metric.TranslationEditRate _,Metric.Rouge _,Metric.WordErrorRate _,Metric.CharacterErrorRate _,Metric.ExactMatch _,Metric.MeanAveragePrecision _ ->
                        {}
                case Metric.Entities _ -> {
                    measures.put(Measure.PRECISION, total.entities().precision());
                    measures.put(Measure.RECALL, total.entities().recall());
                    measures.put(Measure.F1, total.entities().f1());
                }
            }
        }
        return measures;
    }
}
