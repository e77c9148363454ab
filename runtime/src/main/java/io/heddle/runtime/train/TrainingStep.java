package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.recipe.Clipping;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.runtime.train.data.BatchFeed;
import io.heddle.runtime.train.data.Normalizers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** One step: the gradients of its batches, as if they were one, and the change of the weights. */
final class TrainingStep {
    private final TrainingState state;
    private final Recipe recipe;
    private final BatchFeed feed;
    private final WeightKernels kernels;
    private final Tensor gradients;
    private final Tensor sum;
    private final ChangingWeights changing;
    private final TrainingObserver observer;
    private final Optional<OwnWords> ownWords;
    private final Optional<RewardedSteps> rewarded;

    /**
     * What a step did.
     *
     * @param loss mean over the labels, before the weights changed
     * @param gradientNorm before clipping
     * @param watched nanoseconds in which an observer looked, which are no part of the step
     */
    record Result(double loss, double gradientNorm, double rate, long watched) {}

    /**
     * Steps of a training.
     *
     * @param ownWords what a decoder reads in the place of the truth; empty where it reads the truth alone
     * @param rewards what is learned from what the model writes itself; empty for nothing
     */
    TrainingStep(
            TrainingState state,
            Recipe recipe,
            BatchFeed feed,
            TrainingObserver observer,
            Optional<OwnWords> ownWords,
            Optional<SequenceRewards> rewards) {
        this.state = state;
        rewarded = rewards.map(
                given -> new RewardedSteps(state.model(), state.program().gradients(), feed, given));
        this.ownWords = ownWords;
        this.observer = observer;
        this.recipe = recipe;
        this.feed = feed;
        kernels = state.model().engine().backend().weightKernels();
        TrainingProgram program = state.program();
        gradients = whole(program.gradients());
        sum = recipe.getAccumulation() == 1 ? gradients : whole(program.gradients().zerosAlike());
        changing = ChangingWeights.of(state.model().model());
    }

    private static Tensor whole(ParameterBuffer buffer) {
        return buffer.span(0, buffer.elements());
    }

    /**
     * Takes a step.
     *
     * @param done how many steps were taken before
     */
    Result take(long done, List<Batch> batches) {
        long labels = batches.stream().mapToLong(Batch::labelCount).sum();
        long lengths = batches.stream().mapToLong(feed::lengthLabels).sum();
        Normalizers normalizers = new Normalizers(1.0 / labels, lengths == 0 ? 0 : 1.0 / lengths);
        double loss = 0;
        for (int pass = 0; pass < batches.size(); pass++) {
            int number = Math.toIntExact(done * batches.size() + pass);
            loss += learn(
                    batches.get(pass),
                    new StepPart(done, number, state.memory().get(pass), normalizers, rows(batches)));
            accumulate(pass);
        }
        if (sum != gradients) {
            gradients.array().assign(sum.array());
        }
        double norm = Math.sqrt(kernels.sumOfSquares(gradients));
        double rate = recipe.getSchedule()
                .rate((int) done, recipe.getSteps(), recipe.getOptimizer().getLearningRate());
        long watched = 0;
        // A gradient that is no number would spoil every weight; the caller tells of it.
        if (Double.isFinite(loss) && Double.isFinite(norm) && loss <= observer.highestLoss()) {
            watched = update(done + 1, rate, norm, batches.getLast());
        }
        return new Result(loss, norm, rate, watched);
    }

    /** Writes the gradients of a batch and gives its loss. */
    private double learn(Batch batch, StepPart part) {
        Consumer<Program> rest = program -> {
            if (drawsNumbers(program)) {
                program.setInput(Names.RANDOMNESS, new int[] {(int) recipe.getSeed(), part.number()});
            }
            changing.set(program, part.done(), batch.rows() / (double) part.sequences());
        };
        OptionalDouble loss =
                rewarded.map(steps -> steps.learn(batch, part, rest)).orElse(OptionalDouble.empty());
        return loss.isPresent() ? loss.getAsDouble() : forced(batch, part, rest);
    }

    private static boolean drawsNumbers(Program program) {
        return program.executable().graph().getInputs().stream()
                .anyMatch(node -> node.getPath().equals(Names.RANDOMNESS));
    }

    /** The cross entropy of the words of a batch. */
    private double forced(Batch batch, StepPart part, Consumer<Program> rest) {
        Batch read = ownWords.map(words -> words.in(batch, part.done(), part.number())).orElse(batch);
        Program program = feed.bind(state.program().executable(), part.rows(), read, part.normalizers());
        rest.accept(program);
        program.run();
        return program.scalar(Names.LOSS);
    }

    private static int rows(List<Batch> batches) {
        return batches.stream().mapToInt(Batch::rows).sum();
    }

    /** Changes the weights, and gives the nanoseconds in which an observer looked at that. */
    private long update(long step, double rate, double norm, Batch batch) {
        if (!observer.looksAt(step)) {
            state.update().step(step, rate, scale(norm));
            return 0;
        }
        long began = System.nanoTime();
        observer.beforeUpdate(step, state.model(), state.program().gradients(), feed, batch);
        long before = System.nanoTime() - began;
        state.update().step(step, rate, scale(norm));
        long updated = System.nanoTime();
        observer.afterUpdate(step, state.model());
        return before + System.nanoTime() - updated;
    }

    private void accumulate(int pass) {
        if (sum == gradients) {
            return;
        }
        if (pass == 0) {
            sum.array().assign(gradients.array());
        } else {
            kernels.accumulate(sum, gradients);
        }
    }

    private double scale(double norm) {
        return switch (recipe.getClipping()) {
            case Clipping.None _ -> 1;
            case Clipping.GlobalNorm clip -> norm > clip.getNorm() ? clip.getNorm() / norm : 1;
        };
    }
}
