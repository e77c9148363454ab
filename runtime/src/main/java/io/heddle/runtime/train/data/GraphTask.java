package io.heddle.runtime.train.data;

import io.heddle.model.Model;
import io.heddle.recipe.Batch;
import io.heddle.recipe.Data;
import io.heddle.recipe.Recipe;
import io.heddle.runtime.data.Batching;
import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EpochBatches;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.GraphData;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.model.GraphRoles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Graphs to read, and a class to say of each of their nodes. */
public final class GraphTask implements TrainingData {
    /** Padded numbers of nodes are rounded up to this, so that few shapes, and few programs, are made. */
    private static final int LENGTH_MULTIPLE = 4;

    private final int blocks;
    private final GraphData training;
    private final GraphData validation;
    private final Batching batching;
    private final Recipe recipe;
    private final GraphRoles roles;

    private GraphTask(Data.BlockGraphs said, Recipe recipe, GraphRoles roles) {
        blocks = said.getBlocks();
        training = GraphData.draw(said, "training", said.getGraphs());
        validation = GraphData.draw(said, "validation", said.getValidationGraphs());
        batching = batching(recipe.getBatch())
                .roundedTo(roles.limit().map(it -> it.multiple(LENGTH_MULTIPLE)).orElse(LENGTH_MULTIPLE));
        this.recipe = recipe;
        this.roles = roles;
    }

    /** Draws the graphs. */
    static GraphTask open(Data.BlockGraphs said, Recipe recipe, Model model) {
        return new GraphTask(said, recipe, GraphRoles.of(model));
    }

    private static Batching batching(Batch batch) {
        return switch (batch) {
            case Batch.Sequences graphs -> Batching.alike(graphs.getCount());
            case Batch.Tokens nodes -> Batching.tokens(nodes.getCount());
        };
    }

    @Override
    public TrainingBatches training() {
        return new EpochBatches(training, batching, recipe.getSeed());
    }

    @Override
    public EvaluationBatches validation(long step) {
        return HeldOutBatches.of(validation, batching, recipe, step);
    }

    @Override
    public BatchFeed feed() {
        return BatchFeed.of(roles);
    }

    @Override
    public Optional<Tokenizers> tokenizers() {
        return Optional.empty();
    }

    /** What scores the classes. */
    public String scores() {
        return roles.labels().getName();
    }

    /** What the classes are called. */
    public List<String> names() {
        return IntStream.range(0, blocks).mapToObj(String::valueOf).toList();
    }

    @Override
    public DataMark mark() {
        return training.mark(validation, sizes());
    }

    @Override
    public List<String> remarks() {
        return List.of(sizes());
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d graphs to learn from, %,d held out, with %,d and %,d nodes",
                training.size(),
                validation.size(),
                training.nodes(),
                validation.nodes());
    }
}
