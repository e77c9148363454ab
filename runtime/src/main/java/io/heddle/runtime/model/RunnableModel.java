package io.heddle.runtime.model;

import io.heddle.graph.Graph;
import io.heddle.lowering.DecodingView;
import io.heddle.lowering.Lowering;
import io.heddle.lowering.Purpose;
import io.heddle.model.Model;
import io.heddle.rules.AttentionPlace;
import io.heddle.runtime.pass.Passes;
import io.heddle.runtime.program.Engine;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.program.RoundedWeights;
import io.heddle.runtime.program.Weights;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model with its weights on an engine: a graph for each purpose, made ready when it is first asked for. */
public final class RunnableModel {
    private final Model model;
    private final Engine engine;
    private final Weights weights;
    private final Map<Purpose, Executable> executables = new EnumMap<>(Purpose.class);
    private final Map<DecodingView, Executable> views = new HashMap<>();
    private Optional<ModelRoles> roles = Optional.empty();

    private RunnableModel(Model model, Engine engine, Weights weights) {
        this.model = model;
        this.engine = engine;
        this.weights = weights;
    }

    /**
     * A model with fresh weights.
     *
     * @throws io.heddle.check.ProblemsException with everything that is wrong with the model
     */
    public static RunnableModel initialized(Model model, Engine engine, long seed) {
        Graph graph = Lowering.lower(model, Purpose.Inference);
        return new RunnableModel(model, engine, ParameterBuffer.initialized(graph, engine.precision(), seed));
    }

    /**
     * A model whose weights are all zero, to load others into.
     *
     * @throws io.heddle.check.ProblemsException with everything that is wrong with the model
     */
    public static RunnableModel blank(Model model, Engine engine) {
        Graph graph = Lowering.lower(model, Purpose.Inference);
        return new RunnableModel(model, engine, ParameterBuffer.zeros(ParameterLayout.of(graph), engine.precision()));
    }

    /**
     * The same model with its weights rounded, which can be read only, see {@link RoundedWeights}.
     *
     * @throws IllegalStateException when the engine's backend does not read them
     */
    public RunnableModel rounded() {
        if (!engine.backend().readsRounded()) {
            throw new IllegalStateException(
                    "The " + engine.backend().name() + " backend does not read rounded weights.");
        }
        Graph graph = Passes.beforeDifferentiation().apply(Lowering.lower(model, Purpose.Inference));
        return new RunnableModel(model, engine, RoundedWeights.of(weights(), graph));
    }

    public Model model() {
        return model;
    }

    /**
     * What its inputs are for; looked for once.
     *
     * @throws IllegalArgumentException when the model has no logits over tokens
     */
    public ModelRoles roles() {
        if (roles.isEmpty()) {
            roles = Optional.of(ModelRoles.of(model));
        }
        return roles.get();
    }

    public Engine engine() {
        return engine;
    }

    /**
     * All weights of the model; what trains or loads it writes here.
     *
     * @throws IllegalStateException when they were rounded
     */
    public ParameterBuffer weights() {
        return switch (weights) {
            case ParameterBuffer whole -> whole;
            case RoundedWeights _ -> throw new IllegalStateException("Rounded weights can only be read.");
        };
    }

    /**
     * The graph for a purpose, ready to run; for training use {@link TrainingProgram}, which has gradients.
     *
     * @throws io.heddle.check.ProblemsException when the model does not fit the purpose
     */
    public Executable executable(Purpose purpose) {
        return executables.computeIfAbsent(purpose, this::compile);
    }

    /**
     * The graph for decoding that gives what a view says, see {@link Lowering#lowerDecoding}; made ready when it is first
     * asked for. All views have the same states.
     *
     * @throws io.heddle.check.ProblemsException when the model cannot write token by token
     */
    public Executable decoding(DecodingView view) {
        return views.computeIfAbsent(view, asked -> compile(Lowering.lowerDecoding(model, asked)));
    }

    /**
     * The graph for inference that also gives the weights of attentions, see {@link Lowering#lowerWithWeights}; made anew
     * at each call.
     *
     * @throws io.heddle.check.ProblemsException when one of them has no weights
     */
    public Executable recording(List<AttentionPlace> attentions) {
        return compile(Lowering.lowerWithWeights(model, attentions));
    }

    private Executable compile(Purpose purpose) {
        return compile(Lowering.lower(model, purpose));
    }

    private Executable compile(Graph graph) {
        return engine.compile(Passes.beforeDifferentiation().apply(graph), weights);
    }
}
