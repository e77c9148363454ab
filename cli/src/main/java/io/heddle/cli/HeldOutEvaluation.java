package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Decoding;
import io.heddle.recipe.Evaluation;
import io.heddle.recipe.EvaluationBatches;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.huggingface.ImportedCheckpoint;
import io.heddle.runtime.messages.ScoreMessages;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.BoxMeasure;
import io.heddle.runtime.train.LabelMeasure;
import io.heddle.runtime.train.LossMeasure;
import io.heddle.runtime.train.Measure;
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
import io.heddle.runtime.train.data.TrainingDataOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is told of all data that a training held out. */
final class HeldOutEvaluation {
    private final RunnableModel model;
    private final Recipe recipe;
    private final MetricNames metrics;

    private HeldOutEvaluation(RunnableModel model, Recipe recipe, MetricNames metrics) {
        this.model = model;
        this.recipe = recipe;
        this.metrics = metrics;
    }

    /**
     * Measures it.
     *
     * @param base the folder of the script that was trained, which files are relative to
     */
    static List<String> of(Path folder, Path base, MetricNames metrics, Engine engine, StoredWeights weights) {
        var checkpoint = Checkpoint.open(folder);
        if (ImportedCheckpoint.of(checkpoint).isPresent()) {
            throw new ProblemsException(ScoreMessages.nothingHeldOut(folder));
        }
        var recipe = onAll(checkpoint.recipe());
        var runnable = RunnableModel.blank(checkpoint.model(), engine);
        checkpoint.loadWeights(runnable.weights());
        var data = TrainingDataOpener.open(recipe, checkpoint.model(), base, folder.resolve("data"));
        return new HeldOutEvaluation(weights.of(runnable), recipe, metrics).lines(data, checkpoint);
    }

    /** Whatever the recipe draws of it while it trains. */
    private static Recipe onAll(Recipe recipe) {
        var said = recipe.getEvaluation();
        return new Recipe(
                recipe.getData(),
                recipe.getBatch(),
                recipe.getAccumulation(),
                recipe.getSteps(),
                recipe.getOptimizer(),
                recipe.getSchedule(),
                recipe.getClipping(),
                new Evaluation(said.getEvery(), EvaluationBatches.All.INSTANCE, said.getMetrics(), said.getKeep()),
                recipe.getCheckpointEvery(),
                recipe.getSeed(),
                recipe.getStartingWeights(),
                recipe.getSample(),
                recipe.getDecoderInput(),
                recipe.getRewards());
    }

    private List<String> lines(TrainingData data, Checkpoint checkpoint) {
        return switch (data) {
            case TextTask text -> {
                metrics.among(Set.of(), "a text to go on with");
                yield losses(text);
            }
            case PairTask pairs -> written(pairs, checkpoint);
            case RecordingTask recordings -> written(recordings, checkpoint);
            case SpeakingTask speech -> SpeechEvaluation.of(
                    SpeakingModel.of(model, checkpoint.tokenizers().written(), recipe), speech.heldOut(), metrics);
            case MaskedTask text -> labelled(text, text.scores(), List.of());
            case LabelTask task -> labelled(task, task.scores(), task.names());
            case PictureTask task -> labelled(task, task.scores(), task.names());
            case GraphTask task -> labelled(task, task.scores(), task.names());
            case BoxTask task -> BoxEvaluation.lines(
                    new BoxMeasure(model, task.feed(), task.roles(), task.names()), batches(task), metrics);
        };
    }

    private List<String> written(PairTask pairs, Checkpoint checkpoint) {
        var asked = metrics.among(MetricNames.OF_TEXT, "what this model writes");
        List<String> lines = new ArrayList<>(losses(pairs));
        var trained = TrainedModel.of(model, checkpoint.tokenizers(), recipe);
        lines.addAll(PairEvaluation.of(trained, pairs.heldOut(), asked.orElse(PairEvaluation.usual(trained)),
                trained.usual(Decoding.Greedy.INSTANCE), new PairEvaluation.Speed.Untold()));
        lines.addAll(PairEvaluation.lengths(trained, batches(pairs)));
        return lines;
    }

    private List<String> written(RecordingTask recordings, Checkpoint checkpoint) {
        var asked = metrics.among(MetricNames.OF_TEXT, "what this model writes");
        List<String> lines = new ArrayList<>(losses(recordings));
        var trained = TrainedModel.of(model, checkpoint.tokenizers(), recipe);
        lines.addAll(
                RecordingEvaluation.of(trained, recordings.heldOut(), asked.orElse(PairEvaluation.usual(trained))));
        return lines;
    }

    private List<String> losses(TrainingData data) {
        return LossLines.of(new LossMeasure(model, data.feed()).of(batches(data), () -> false).orElseThrow());
    }

    private List<String> labelled(TrainingData data, String scores, List<String> names) {
        var asked = metrics.among(LabelEvaluation.possible(recipe.getData()), "what this model labels");
        var total = new LabelMeasure(model, data.feed(), scores, names)
                .of(batches(data), () -> false)
                .orElseThrow();
        List<Measure> usual = LabelEvaluation.usual(recipe.getEvaluation().getMetrics());
        return LabelEvaluation.lines(total, asked.orElse(usual));
    }

    private static Iterable<Batch> batches(TrainingData data) {
        return data.validation(0);
    }
}
