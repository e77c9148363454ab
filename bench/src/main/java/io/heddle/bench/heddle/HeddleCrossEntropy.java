package io.heddle.bench.heddle;

import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.bench.contest.Tokens;
import io.heddle.dims.Dim;
import io.heddle.graph.Graph;
import io.heddle.graph.GraphBuilder;
import io.heddle.graph.Op;
import io.heddle.graph.Role;
import io.heddle.graph.Shape;
import io.heddle.graph.Start;
import io.heddle.graph.TensorType;
import io.heddle.graph.Value;
import io.heddle.runtime.gradient.Gradients;
import io.heddle.runtime.pass.Passes;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.tensor.Precision;
import java.util.Map;

/** The loss of given scores and its gradient, from a graph of two nodes. */
public final class HeddleCrossEntropy implements Contestant {
    private final Program program;

    /** Scores of 0, which cost what all others do. */
    public HeddleCrossEntropy(Work.CrossEntropy work, Engine engine) {
        GraphBuilder builder = new GraphBuilder();
        Shape shape = new Shape(Dim.of(work.getRows()), Dim.of(work.getVocabulary()));
        Value scores = builder.first(
                new Op.Parameter("scores", shape, Start.Zeros.INSTANCE, Role.Matrix), "scores");
        Value labels = builder.first(
                new Op.Input("labels", TensorType.index(Dim.of(work.getRows()))), "labels");
        Value mean = builder.first(new Op.CrossEntropy(0.0), "loss", scores, labels);
        builder.output("loss", builder.first(new Op.Scale(1.0 / work.getRows()), "loss", mean));
        Graph forward = builder.build();
        Graph both = Passes.afterDifferentiation().apply(Gradients.differentiate(forward, "loss"));
        ParameterBuffer weights = ParameterBuffer.zeros(ParameterLayout.of(both), Precision.FLOAT);
        program = engine.compile(both, weights, weights.zerosOfTrained()).bind(Map.of());
        program.setInput("labels", Tokens.of(work.getRows(), work.getVocabulary(), 0));
    }

    @Override
    public double run() {
        program.run();
        return program.scalar("loss");
    }
}
