package io.heddle.runtime.train;

import io.heddle.recipe.Keep;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.checkpoint.Checkpoint;
import io.heddle.runtime.checkpoint.KeptMark;
import io.heddle.runtime.checkpoint.TrainedWeights.Kept;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.train.TrainingListener.EvaluationReport;
import java.util.Optional;
import java.util.OptionalDouble;

/** The weights of the best look at the held-out data so far. */
public final class BestWeights {
    private final HeldOutFigure figure;
    private final ParameterBuffer best;
    private Optional<KeptMark> mark = Optional.empty();

    private BestWeights(HeldOutFigure figure, ParameterBuffer best) {
        this.figure = figure;
        this.best = best;
    }

    /** How many copies of all weights are kept beside those that are trained. */
    public static int copies(Keep keep) {
        return switch (keep) {
            case Keep.Last _ -> 0;
            case Keep.Best _ -> 1;
        };
    }

    /** Of a training of these weights; empty where it keeps the last. */
    static Optional<BestWeights> of(Recipe recipe, ParameterBuffer weights) {
        return switch (recipe.getEvaluation().getKeep()) {
            case Keep.Last _ -> Optional.empty();
            case Keep.Best keep ->
                    Optional.of(new BestWeights(HeldOutFigure.of(keep.getBy()), weights.zerosAlike()));
        };
    }

    /** Goes on from what a checkpoint has kept. */
    void load(Checkpoint checkpoint) {
        mark = checkpoint.keptMark();
        if (mark.isPresent()) {
            checkpoint.loadWeights(best);
        }
    }

    /** Keeps the weights that this was measured with, if they are better than those before. */
    void consider(EvaluationReport report, ParameterBuffer weights) {
        OptionalDouble value = figure.in(report);
        boolean isBetter = value.isPresent()
                && (mark.isEmpty()
                        ? Double.isFinite(value.getAsDouble())
                        : figure.isBetter(value.getAsDouble(), mark.get().figure()));
        if (isBetter) {
            best.copyFrom(weights);
            mark = Optional.of(new KeptMark(report.step(), value.getAsDouble(), report.step()));
        } else {
            mark = mark.map(kept -> new KeptMark(kept.step(), kept.figure(), report.step()));
        }
    }

    /** Whether a look at the held-out data after so many steps is known here. */
    boolean hasSeen(long step) {
        return mark.isPresent() && mark.get().seen() >= step;
    }

    /** The best so far; empty before the first. */
    Optional<Kept> kept() {
        return mark.map(found -> new Kept(best, found));
    }

    /** What is told of the best so far. */
    Optional<TrainingOutcome.Kept> outcome() {
        return mark.map(found -> new TrainingOutcome.Kept(found.step(), figure.told(found.figure())));
    }
}
