package io.heddle.runtime.train;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.recipe.Metric;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.checkpoint.Progress;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.Position;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.record.MetricsLog;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import io.heddle.runtime.train.TrainingListener.StepReport;
import io.heddle.runtime.train.TrainingOutcome.End;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.ModelRoles;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** Takes steps, looks at held-out data, keeps records and checkpoints, until all steps are taken or it is stopped. */
final class TrainingLoop implements AutoCloseable {
    private static final List<String> COLUMNS =
            List.of("loss", "learningRate", "gradientNorm", "tokens", "validationLoss", "bleu", "seconds");
    private static final double NANOSECONDS = 1e9;

    private final TrainingState state;
    private final Recipe recipe;
    private final TrainingData data;
    private final Path folder;
    private final TrainingListener listener;
    private final TrainingStep step;
    private final TrainingBatches batches;
    private final LossMeasure measure;
    private final WrittenMeasure written;
    private final MetricsLog log;
    private final double secondsBefore;
    private final long started = System.nanoTime();

    private final DataMark mark;

    private long steps;
    private Position position;

    TrainingLoop(
            TrainingState state,
            Recipe recipe,
            TrainingData data,
            ModelRoles roles,
            Path folder,
            Progress progress,
            TrainingListener listener) {
        this.state = state;
        this.recipe = recipe;
        this.data = data;
        this.folder = folder;
        this.listener = listener;
        BatchFeed feed = new BatchFeed(roles);
        step = new TrainingStep(state, recipe, feed);
        batches = data.training();
        RunnableModel model = state.model();
        measure = new LossMeasure(model, feed);
        written = new WrittenMeasure(model, data);
        steps = progress.steps();
        position = progress.position();
        secondsBefore = progress.seconds();
        mark = progress.data();
        log = steps == 0 ? MetricsLog.begin(folder, COLUMNS) : MetricsLog.resume(folder, COLUMNS, steps);
    }

    TrainingOutcome run(BooleanSupplier stop) {
        listener.started(data, state.model().weights().layout().parameters(), steps, recipe.getSteps());
        if (steps == 0) {
            log.write(record(MetricsRow.at(0), evaluate()));
            save();
        }
        EvaluationReport last = new EvaluationReport(steps, Double.NaN, OptionalDouble.empty());
        boolean stopped = false;
        while (steps < recipe.getSteps() && !stopped) {
            MetricsRow row = step();
            if (isDue(recipe.getEvaluation().getEvery())) {
                last = evaluate();
                row = record(row, last);
            }
            log.write(row);
            stopped = stop.getAsBoolean();
            if (stopped || isDue(recipe.getCheckpointEvery())) {
                save();
            }
        }
        if (last.step() != steps || Double.isNaN(last.loss())) {
            // It goes on from where it ended before: nothing was trained, and the last loss is wanted all the same.
            last = stopped ? last : measured();
        }
        End end = steps >= recipe.getSteps() ? End.FINISHED : End.STOPPED;
        return new TrainingOutcome(end, state.model(), data.tokenizers(), steps, seconds(), last);
    }

    private boolean isDue(long every) {
        return steps % every == 0 || steps == recipe.getSteps();
    }

    private MetricsRow step() {
        long before = System.nanoTime();
        List<Batch> passes = new ArrayList<>();
        Position next = position;
        for (int pass = 0; pass < recipe.getAccumulation(); pass++) {
            passes.add(batches.batch(next));
            next = batches.after(next);
        }
        TrainingStep.Result result = step.take(steps, passes);
        if (!Double.isFinite(result.loss()) || !Double.isFinite(result.gradientNorm())) {
            throw new ProblemsException(diverged(result));
        }
        position = next;
        steps++;
        long tokens = passes.stream().mapToLong(Batch::labelCount).sum();
        double rate = tokens * NANOSECONDS / (System.nanoTime() - before);
        listener.step(new StepReport(
                steps, recipe.getSteps(), result.loss(), result.rate(), result.gradientNorm(), rate));
        return MetricsRow.at(steps)
                .with("loss", result.loss())
                .with("learningRate", result.rate())
                .with("gradientNorm", result.gradientNorm())
                .with("tokens", tokens)
                .with("seconds", seconds());
    }

    private Problem diverged(TrainingStep.Result result) {
        return new Problem(
                "step " + (steps + 1),
                "the loss is not a number any more",
                List.of(
                        new Fact("loss", String.valueOf(result.loss())),
                        new Fact("norm of the gradient", String.valueOf(result.gradientNorm())),
                        new Fact("learning rate", String.valueOf(result.rate()))),
                "Lower the learning rate, lengthen the warm-up, or clip the gradient: clip(norm = 1.0). The last checkpoint is in "
                        + folder + ".");
    }

    private EvaluationReport evaluate() {
        EvaluationReport report = measured();
        listener.evaluated(report);
        return report;
    }

    private EvaluationReport measured() {
        double loss = measure.of(data.validation(steps)).mean();
        OptionalDouble bleu = OptionalDouble.empty();
        for (Metric metric : recipe.getEvaluation().getMetrics()) {
            bleu = switch (metric) {
                case Metric.Bleu asked -> steps == 0 ? bleu : OptionalDouble.of(written.bleu(asked.getTokenization()));
            };
        }
        return new EvaluationReport(steps, loss, bleu);
    }

    private MetricsRow record(MetricsRow row, EvaluationReport report) {
        MetricsRow more = row.with("validationLoss", report.loss());
        return report.bleu().isPresent() ? more.with("bleu", report.bleu().getAsDouble()) : more;
    }

    private void save() {
        Progress progress = new Progress(steps, position, seconds(), mark);
        RunnableModel model = state.model();
        Checkpoint.write(
                folder, model.model(), recipe, data.tokenizers(), model.weights(), state.update().state(), progress);
        listener.saved(folder, steps);
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - started) / NANOSECONDS;
    }

    @Override
    public void close() {
        log.close();
    }
}
