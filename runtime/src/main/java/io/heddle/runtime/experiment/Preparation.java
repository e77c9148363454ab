package io.heddle.runtime.experiment;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.experiment.Configuration;
import io.heddle.experiment.Experiment;
import io.heddle.experiment.Variant;
import io.heddle.graph.Graph;
import io.heddle.model.Model;
import io.heddle.recipe.Data;
import io.heddle.recipe.DecoderInput;
import io.heddle.recipe.Recipe;
import io.heddle.recipe.StartingWeights;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.Position;
import io.heddle.runtime.model.TrainingProgram;
import io.heddle.runtime.plan.MemoryPlan;
import io.heddle.runtime.plan.Sizes;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.train.BestWeights;
import io.heddle.runtime.train.GivenRewards;
import io.heddle.runtime.train.StartingPoint;
import io.heddle.runtime.train.data.TrainingData;
import io.heddle.runtime.train.data.TrainingDataOpener;
import io.heddle.runtime.train.optimizer.WeightUpdate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Looks at everything that is known of an experiment before its first step: descriptions, recipes, data, and what a trial takes of
 * memory. Where anything is wrong nothing is trained.
 */
final class Preparation {
    /** A trial's weights and their gradients, and the weights and the difference that are looked at. */
    private static final int COPIES = 3;

    private final Experiment experiment;
    private final Path base;
    private final Path generated;
    private final Map<Learned, DataMark> marks = new LinkedHashMap<>();
    private final Map<Variant, Long> parameters = new LinkedHashMap<>();
    private final Map<StartingWeights, String> starts = new LinkedHashMap<>();
    private long weights;
    private long arena;

    /**
     * Looks at all of it.
     *
     * @param experiment of which everything is right that can be told without its data
     * @param generated where data that Heddle writes itself is put
     * @throws ProblemsException with everything that is wrong with any variant
     */
    Preparation(Experiment experiment, Path base, Path generated) {
        this.experiment = experiment;
        this.base = base;
        this.generated = generated;
        SequencedMap<Variant, List<Problem>> problems = new LinkedHashMap<>();
        for (Variant variant : experiment.getVariants()) {
            problems.put(variant, look(variant));
        }
        List<Problem> told = told(problems);
        if (!told.isEmpty()) {
            throw new ProblemsException(told);
        }
    }

    /** What a variant learns from. */
    private record Learned(Variant variant, Data data) {
        private static Learned of(Configuration configuration) {
            return new Learned(
                    configuration.getVariant(), configuration.getSetting().getRecipe().getData());
        }
    }

    /** What batches of a variant are made by, and the weights that read them first. */
    private record Batches(Data data, io.heddle.recipe.Batch batch, DecoderInput input, StartingWeights start) {
        private static Batches of(Recipe recipe) {
            return new Batches(
                    recipe.getData(), recipe.getBatch(), recipe.getDecoderInput(), recipe.getStartingWeights());
        }
    }

    /** What is wrong with every variant is told once, the rest says which one it is of. */
    private static List<Problem> told(SequencedMap<Variant, List<Problem>> problems) {
        List<Problem> common = new ArrayList<>(problems.firstEntry().getValue());
        problems.values().forEach(common::retainAll);
        List<Problem> told = new ArrayList<>(common);
        problems.forEach((variant, all) -> all.stream()
                .filter(problem -> !common.contains(problem))
                .map(problem -> problem.copy(
                        variant.getName() + ": " + problem.getPlace(),
                        problem.getTitle(),
                        problem.getFacts(),
                        problem.getMend()))
                .forEach(told::add));
        return told;
    }

    private List<Problem> look(Variant variant) {
        Graph graph;
        try {
            graph = TrainingProgram.graph(variant.getModel());
        } catch (ProblemsException wrong) {
            return wrong.getProblems();
        }
        ParameterLayout layout = ParameterLayout.of(graph);
        parameters.put(variant, layout.parameters());
        Set<Batches> known = new HashSet<>();
        Set<Problem> problems = new LinkedHashSet<>();
        for (Configuration configuration : experiment.configurationsOf(variant)) {
            Recipe recipe = configuration.getSetting().getRecipe();
            try {
                GivenRewards.require(recipe.getRewards());
                if (known.add(Batches.of(recipe))) {
                    open(configuration, graph, layout);
                }
            } catch (ProblemsException wrong) {
                problems.addAll(wrong.getProblems());
            }
            int copies = COPIES
                    + WeightUpdate.remembers(recipe.getOptimizer())
                    + BestWeights.copies(recipe.getEvaluation().getKeep());
            weights = Math.max(weights, copies * layout.elements() * Precision.FLOAT.bytes());
        }
        return List.copyOf(problems);
    }

    private void open(Configuration configuration, Graph graph, ParameterLayout layout) {
        Model model = configuration.getVariant().getModel();
        Recipe recipe = configuration.getSetting().getRecipe();
        Optional<StartingPoint> from = StartingPoint.of(recipe, base);
        starts.computeIfAbsent(
                recipe.getStartingWeights(),
                _ -> from.map(StartingPoint::digest).orElse(""));
        TrainingData data = TrainingDataOpener.open(recipe, model, base, generated);
        from.ifPresent(point -> point.check(model, layout, data.tokenizers()));
        marks.putIfAbsent(Learned.of(configuration), data.mark());
        arena = Math.max(arena, arena(data, graph));
    }

    private static long arena(TrainingData data, Graph graph) {
        Batch first = data.training().batch(Position.START);
        Sizes sizes = Sizes.of(graph, data.feed().sizes(first));
        return MemoryPlan.of(graph, sizes, Precision.FLOAT).arenaBytes();
    }

    /** What tells the weights that it begins with from others; empty where they are drawn. */
    String start(Configuration configuration) {
        return starts.get(configuration.getSetting().getRecipe().getStartingWeights());
    }

    /** What tells the data that it learns from from other data. */
    DataMark mark(Configuration configuration) {
        return marks.get(Learned.of(configuration));
    }

    /** How many numbers a variant's weights are. */
    long parameters(Configuration configuration) {
        return parameters.get(configuration.getVariant());
    }

    /** About what the largest trial takes, at the most. */
    long bytes() {
        return weights + 2 * arena;
    }
}
