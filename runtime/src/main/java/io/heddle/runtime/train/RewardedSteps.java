package io.heddle.runtime.train;

import io.heddle.lowering.Lowering;
import io.heddle.lowering.Names;
import io.heddle.lowering.Purpose;
import io.heddle.model.CrossEntropy;
import io.heddle.model.Model;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.pass.Passes;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Steps that learn from sequences that the model wrote itself. */
final class RewardedSteps {
    private final RunnableModel model;
    private final BatchFeed feed;
    private final SequenceRewards rewards;
    private final TrainingProgram training;
    private final String logits;
    private final double weight;

    /** Made when it is first asked for: only a risk is measured before it is learned from. */
    private Optional<Executable> forward = Optional.empty();

    /**
     * Steps that write gradients where others do.
     *
     * @throws io.heddle.check.ProblemsException when the model does not write token by token, or nothing learns its words
     */
    RewardedSteps(RunnableModel model, ParameterBuffer gradients, BatchFeed feed, SequenceRewards rewards) {
        this.model = model;
        this.feed = feed;
        this.rewards = rewards;
        training = TrainingProgram.rewarding(model, gradients);
        logits = model.roles().logits().getName();
        weight = weight(model.model(), logits);
    }

    private static double weight(Model model, String logits) {
        return model.getObjectives().stream()
                .filter(objective -> objective instanceof CrossEntropy entropy && entropy.getScores().equals(logits))
                .findFirst()
                .orElseThrow()
                .getWeight();
    }

    /**
     * Writes the gradients of a batch and gives its loss; empty where nothing is rewarded yet, and nothing was done.
     *
     * @param rest gives a program all inputs that are no part of a batch
     */
    OptionalDouble learn(Batch batch, StepPart part, Consumer<Program> rest) {
        ShownSequences shown =
                (sequences, name) -> run(sequences, forward(), part, rest).output(name).ravel().toDoubleVector();
        Optional<RewardedBatch> own = rewards.of(batch, part.done(), part.number(), part.sequences(), shown);
        return own.map(sequences -> OptionalDouble.of(learn(sequences, part, rest))).orElse(OptionalDouble.empty());
    }

    /** What drawn words add to the loss of the program says nothing by itself: it only has the right gradient. */
    private double learn(RewardedBatch sequences, StepPart part, Consumer<Program> rest) {
        Program program = run(sequences, training.executable(), part, rest);
        double said = program.scalar(Names.drawnLoss(logits));
        return program.scalar(Names.LOSS) + weight * (sequences.loss() - said);
    }

    private Program run(RewardedBatch sequences, Executable executable, StepPart part, Consumer<Program> rest) {
        Program program = sequences.bind(feed, executable, part.rows(), part.normalizers().words(), logits);
        rest.accept(program);
        program.run();
        return program;
    }

    private Executable forward() {
        if (forward.isEmpty()) {
            var graph = Passes.beforeDifferentiation().apply(Lowering.lower(model.model(), Purpose.Rewarding));
            forward = Optional.of(model.engine().compile(graph, model.weights()));
        }
        return forward.orElseThrow();
    }
}
