package io.heddle.runtime.train;

import io.heddle.check.Problem;
import io.heddle.recipe.DecoderInput;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.checkpoint.Progress;
import io.heddle.runtime.checkpoint.TrainedWeights;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.Position;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.messages.TrainingMessages;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.record.MetricsLog;
import io.heddle.runtime.record.MetricsRow;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import io.heddle.runtime.train.TrainingListener.StepReport;
import io.heddle.runtime.train.TrainingOutcome.End;
import io.heddle.runtime.train.data.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes steps, looks at held-out data, keeps records and checkpoints, until all steps are taken or it is stopped. */
final class TrainingLoop implements AutoCloseable {
    private static final double NANOSECONDS = 1e9;

    private final TrainingState state;
    private final Recipe recipe;
    private final TrainingData data;
    private final Path folder;
    private final TrainingListener listener;
    private final TrainingObserver observer;
    private final TrainingStep step;
    private final TrainingBatches batches;
    private final HeldOutMeasure measure;
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
            Path folder,
            Progress progress,
            TrainingListener listener,
            TrainingObserver observer) {
        this.state = state;
        this.recipe = recipe;
        this.data = data;
        this.folder = folder;
        this.listener = listener;
        this.observer = observer;
        step = new TrainingStep(state, recipe, data.feed(), observer, ownWords(), rewards());
        batches = data.training();
        measure = new HeldOutMeasure(state.model(), recipe, data);
        steps = progress.steps();
        position = progress.position();
        secondsBefore = progress.seconds();
        mark = progress.data();
        List<String> columns = columns(data);
        log = steps == 0 ? MetricsLog.begin(folder, columns) : MetricsLog.resume(folder, columns, steps);
    }

    private Optional<OwnWords> ownWords() {
        return switch (recipe.getDecoderInput()) {
            case DecoderInput.TeacherForcing _,DecoderInput.Blanks _,DecoderInput.Masked _ -> Optional.empty();
            case DecoderInput.ScheduledSampling sampling -> {
                int known = data.tokenizers().orElseThrow().written().vocabularySize();
                yield Optional.of(new OwnWords(state.model(), sampling, known, recipe.getSeed()));
            }
        };
    }

    private Optional<SequenceRewards> rewards() {
        return data.tokenizers()
                .flatMap(tokenizers -> SequenceRewards.of(
                        state.model(),
                        recipe.getRewards(),
                        tokenizers.written(),
                        state.baseline(),
                        recipe.getSeed()));
    }

    private static List<String> columns(TrainingData data) {
        List<String> columns =
                new ArrayList<>(
                        List.of("loss", "learningRate", "gradientNorm", "tokens", "stepSeconds", "validationLoss"));
        HeldOutMeasure.possible(data).forEach(measure -> columns.add(measure.column()));
        columns.add("seconds");
        return columns;
    }

    /** @param from the weights of another run that it begins with, which are in their places already */
    TrainingOutcome run(BooleanSupplier stop, Optional<StartingPoint> from) {
        listener.started(data, state.model().weights().layout().parameters(), steps, recipe.getSteps());
        from.ifPresent(point -> listener.begunFrom(
                point.run(),
                point.taken().size(),
                point.drawn(state.model().weights().layout())));
        observer.goingOn(steps);
        Optional<EvaluationReport> last = Optional.empty();
        boolean stopped = false;
        if (steps == 0) {
            last = evaluate(stop);
            write(record(MetricsRow.at(0), last));
            save();
            stopped = last.isEmpty();
        }
        if (isUnknown()) {
            // It was stopped while it looked at the held-out data, and may have missed its best.
            last = evaluate(stop);
            stopped = last.isEmpty();
            if (!stopped) {
                save();
            }
        }
        while (steps < recipe.getSteps() && !stopped) {
            MetricsRow row = step();
            boolean looks = isDue(recipe.getEvaluation().getEvery());
            last = looks ? evaluate(stop) : Optional.empty();
            write(record(row, last));
            stopped = (looks && last.isEmpty()) || stop.getAsBoolean();
            if (stopped || isDue(recipe.getCheckpointEvery())) {
                save();
            }
        }
        if (steps >= recipe.getSteps() && last.isEmpty() && !stopped) {
            // It goes on from where it ended before: nothing was trained, and the last loss is wanted all the same.
            last = measure.after(steps, stop);
        }
        Optional<BestWeights> best = state.best();
        best.flatMap(BestWeights::kept).ifPresent(kept -> state.model().weights().copyFrom(kept.weights()));
        End end = steps >= recipe.getSteps() && last.isPresent() ? End.FINISHED : End.STOPPED;
        return new TrainingOutcome(end, state.model(), data.tokenizers(), steps, seconds(), last,
                best.flatMap(BestWeights::outcome));
    }

    private boolean isUnknown() {
        return steps > 0
                && isDue(recipe.getEvaluation().getEvery())
                && state.best().filter(best -> !best.hasSeen(steps)).isPresent();
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
        if (!isFine(result)) {
            throw new DivergedException(diverged(result), steps + 1, result.loss(), result.gradientNorm());
        }
        position = next;
        steps++;
        long tokens = passes.stream().mapToLong(Batch::tokens).sum();
        double stepSeconds = (System.nanoTime() - before - result.watched()) / NANOSECONDS;
        listener.step(new StepReport(
                steps, recipe.getSteps(), result.loss(), result.rate(), result.gradientNorm(), tokens / stepSeconds));
        return MetricsRow.at(steps)
                .with("loss", result.loss())
                .with("learningRate", result.rate())
                .with("gradientNorm", result.gradientNorm())
                .with("tokens", tokens)
                .with("stepSeconds", stepSeconds)
                .with("seconds", seconds());
    }

    private boolean isFine(TrainingStep.Result result) {
        return Double.isFinite(result.loss())
                && Double.isFinite(result.gradientNorm())
                && result.loss() <= observer.highestLoss();
    }

    private void write(MetricsRow row) {
        log.write(row);
        observer.recorded(row);
    }

    private Problem diverged(TrainingStep.Result result) {
        return TrainingMessages.diverged(steps + 1, result.loss(), result.gradientNorm(), result.rate(), folder);
    }

    private Optional<EvaluationReport> evaluate(BooleanSupplier stop) {
        Optional<EvaluationReport> report = measure.after(steps, stop);
        report.ifPresent(found -> {
            state.best().ifPresent(best -> best.consider(found, state.model().weights()));
            listener.evaluated(found);
        });
        return report;
    }

    private static MetricsRow record(MetricsRow row, Optional<EvaluationReport> report) {
        if (report.isEmpty()) {
            return row;
        }
        MetricsRow more = row.with("validationLoss", report.get().loss());
        for (Map.Entry<Measure, Double> measured : report.get().measures().entrySet()) {
            more = more.with(measured.getKey().column(), measured.getValue());
        }
        return more;
    }

    private void save() {
        observer.saving(steps);
        Progress progress = new Progress(steps, position, seconds(), mark);
        RunnableModel model = state.model();
        Checkpoint.write(
                folder,
                model.model(),
                recipe,
                data.tokenizers(),
                new TrainedWeights(model.weights(), state.best().flatMap(BestWeights::kept)),
                state.update().state(),
                state.memory(),
                state.baseline().map(LearnedBaseline::learned),
                progress);
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
