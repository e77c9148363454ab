package io.heddle.bench.heddle;

import io.heddle.bench.Subject;
import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.bench.contest.Tokens;
import io.heddle.lowering.Names;
import io.heddle.recipe.AdamW;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.train.optimizer.WeightUpdate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A training step as the engine takes it: one program for loss and gradients, and one pass over all weights. */
public final class HeddleTraining implements Contestant {
    private static final double RATE = 1e-4;
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Engine engine;
    private final Program program;
    private final WeightUpdate update;
    private final boolean draws;
    private int step;

    /** The step of a model whose weights are set. */
    public HeddleTraining(Work.Training work, RunnableModel model) {
        engine = model.engine();
        TrainingProgram training = TrainingProgram.of(model);
        List<String> inputs = work.getSubject().getInputs();
        Map<String, Long> sizes = new HashMap<>(Map.of("batch", (long) work.getBatch()));
        inputs.forEach(input -> sizes.put(input, (long) work.getTime()));
        program = training.executable().bind(sizes);
        int vocabulary = work.getSubject().getVocabulary();
        int count = work.getBatch() * work.getTime();
        int[] lengths = new int[work.getBatch()];
        Arrays.fill(lengths, work.getTime());
        for (int i = 0; i < inputs.size(); i++) {
            program.setInput(inputs.get(i), Tokens.of(count, vocabulary, i));
            program.setInput(Names.lengths(inputs.get(i)), lengths);
        }
        program.setInput(Names.labels(Subject.SCORES), Tokens.of(count, vocabulary, inputs.size()));
        program.setInput(Names.NORMALIZER, new double[] {1.0 / count});
        update = new WeightUpdate(
                new AdamW(RATE, BETA_1, BETA_2, EPSILON, 0.0), engine.backend().weightKernels(),
                model.weights(), training.gradients());
        draws = work.getSubject().getDropout() > 0;
    }

    @Override
    public double run() {
        if (draws) {
            program.setInput(Names.RANDOMNESS, new int[] {1, step});
        }
        program.run();
        double loss = program.scalar(Names.LOSS);
        step++;
        update.step(step, RATE, 1.0);
        return loss;
    }

    @Override
    public long plannedBytes() {
        return engine.arenaBytes();
    }
}
