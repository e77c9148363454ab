package io.heddle.runtime.train;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.model.Model;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.Sample;
import io.heddle.rules.Checks;
import io.heddle.rules.RecipeChecks;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.checkpoint.Progress;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.files.FolderLock;
import io.heddle.runtime.generate.Prompts;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.train.data.TrainingData;
import io.heddle.runtime.train.data.TrainingDataOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A training in a folder: begun there, or gone on with from its checkpoint.
 *
 * <pre>
 *   run/checkpoint/       see {@link Checkpoint}
 *   run/metrics.csv       a row for each step
 *   run/metrics.jsonl     the same
 *   run/data/             what Heddle wrote itself to train on
 *   run/heddle.lock       see {@link FolderLock}
 * </pre>
 */
public final class TrainingRun {
    private final Model model;
    private final Recipe recipe;
    private final Path base;
    private final Path folder;

    /**
     * A training of this model.
     *
     * @param base what the recipe's relative paths are relative to
     * @param folder where it is kept
     * @throws ProblemsException with everything that is wrong with the model, the recipe, or both together
     */
    public TrainingRun(Model model, Recipe recipe, Path base, Path folder) {
        List<Problem> problems = new ArrayList<>(Checks.check(model));
        problems.addAll(RecipeChecks.check(recipe));
        if (problems.isEmpty()) {
            problems.addAll(RecipeChecks.check(recipe, model));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        this.model = model;
        this.recipe = recipe;
        this.base = base;
        this.folder = folder;
    }

    /** Whether there is a checkpoint to go on from. */
    public boolean hasCheckpoint() {
        return Checkpoint.find(folder).isPresent();
    }

    /**
     * Trains until all steps are taken, or until {@code stop} says so; then everything is saved.
     *
     * @param start whether a checkpoint that is there is gone on from
     * @param stop asked after each step, and between the batches of an evaluation, which is then dropped
     * @throws ProblemsException when another process trains there, the data is wrong, the weights to begin with do not fit, the checkpoint is another model's, the loss is no number any more, or
     *     something cannot be written; what was saved before stays
     */
    public TrainingOutcome run(Engine engine, TrainingStart start, BooleanSupplier stop, TrainingListener listener) {
        return run(engine, start, stop, listener, TrainingObserver.none());
    }

    /**
     * The same, looked at by an observer.
     *
     * @throws DivergedException when the loss is no number any more, or higher than the observer allows
     */
    public TrainingOutcome run(
            Engine engine,
            TrainingStart start,
            BooleanSupplier stop,
            TrainingListener listener,
            TrainingObserver observer) {
        try (FolderLock _ = FolderLock.take(folder, "training")) {
            return train(engine, start, stop, listener, observer);
        }
    }

    private TrainingOutcome train(
            Engine engine,
            TrainingStart start,
            BooleanSupplier stop,
            TrainingListener listener,
            TrainingObserver observer) {
        Optional<Checkpoint> checkpoint = switch (start) {
            case RESUME -> Checkpoint.find(folder);
            case FRESH -> Optional.empty();
        };
        checkpoint.ifPresent(found -> SameTraining.check(found, model, recipe));
        Optional<StartingPoint> from = checkpoint.isPresent() ? Optional.empty() : StartingPoint.of(recipe, base);
        TrainingData data = TrainingDataOpener.open(recipe, model, base, folder.resolve("data"));
        // What is asked of the model in the end is looked at now: hours later would be late to hear of a letter.
        if (recipe.getSample() instanceof Sample.Text sample) {
            Prompts.check(sample, data.tokenizers().orElseThrow(), ModelRoles.of(model));
        }
        DataMark mark = data.mark();
        checkpoint.ifPresent(found -> SameTraining.checkData(found, data.tokenizers(), mark));
        RunnableModel runnable = RunnableModel.initialized(model, engine, recipe.getSeed());
        from.ifPresent(point -> {
            point.check(model, runnable.weights().layout(), data.tokenizers());
            point.load(runnable.weights());
        });
        Progress progress = checkpoint.map(Checkpoint::progress).orElse(Progress.start(mark));
        Batch first = data.training().batch(progress.position());
        TrainingState state = new TrainingState(runnable, recipe, data.feed(), first);
        checkpoint.ifPresent(found -> {
            found.loadLastWeights(runnable.weights());
            state.best().ifPresent(best -> best.load(found));
            found.loadOptimizer(state.update().state());
            found.loadMemory(state.memory());
            state.baseline().ifPresent(baseline -> baseline.load(found.baseline()));
        });
        try (TrainingLoop loop = new TrainingLoop(state, recipe, data, folder, progress, listener, observer)) {
            return loop.run(stop, from);
        }
    }
}
