package io.heddle.bench.heddle;

import io.heddle.bench.Work;
import io.heddle.bench.contest.Contestant;
import io.heddle.dims.Dim;
import io.heddle.graph.AttentionKind;
import io.heddle.graph.Graph;
import io.heddle.graph.GraphBuilder;
import io.heddle.graph.Op;
import io.heddle.graph.Role;
import io.heddle.graph.ScoreBias;
import io.heddle.graph.Shape;
import io.heddle.graph.Start;
import io.heddle.graph.TensorType;
import io.heddle.graph.Value;
import io.heddle.runtime.gradient.Gradients;
import io.heddle.runtime.pass.Passes;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.tensor.Precision;
import java.util.Map;

/** The sum of all that an attention gives, and its gradients for queries, keys and values. */
final class HeddleAttention implements Contestant {
    private final Engine engine;
    private final Program program;

    HeddleAttention(Work.Attention work, Engine engine) {
        this.engine = engine;
        Graph graph = Passes.afterDifferentiation().apply(Gradients.differentiate(graph(work), "loss"));
        ParameterBuffer weights = ParameterBuffer.initialized(graph, Precision.FLOAT, 1);
        program = engine.compile(graph, weights, weights.zerosOfTrained()).bind(Map.of());
        program.setInput("lengths", new int[] {work.getTime()});
    }

    /** The forward graph; its parameters are {@code queries}, {@code keys} and {@code values}. */
    static Graph graph(Work.Attention work) {
        GraphBuilder builder = new GraphBuilder();
        int heads = Work.Attention.HEADS;
        Shape shape = new Shape(
                Dim.of(1), Dim.of(work.getTime()), Dim.of((long) heads * Work.Attention.HEAD_WIDTH));
        Value queries = drawn(builder, "queries", shape, 1);
        Value keys = drawn(builder, "keys", shape, 2);
        Value values = drawn(builder, "values", shape, 3);
        Value lengths = builder.first(new Op.Input("lengths", TensorType.index(Dim.of(1))), "lengths");
        Value offset = builder.first(new Op.Constant(0.0, TensorType.index()), "offset");
        AttentionKind kind = new AttentionKind(
                heads, heads, 1 / Math.sqrt(Work.Attention.HEAD_WIDTH), work.getMask(), ScoreBias.None, 0, "dropout");
        Value out = builder.first(new Op.Attention(kind), "attention", queries, keys, values, lengths, offset);
        builder.output("loss", builder.first(new Op.SumLeading(0), "loss", out));
        return builder.build();
    }

    private static Value drawn(GraphBuilder builder, String name, Shape shape, long seed) {
        return builder.first(new Op.Parameter(name, shape, new Start.Directions(seed), Role.Matrix), name);
    }

    @Override
    public double run() {
        program.run();
        return program.scalar("loss");
    }

    @Override
    public long plannedBytes() {
        return engine.arenaBytes();
    }
}
