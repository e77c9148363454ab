package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.recipe.Data;
import io.heddle.runtime.messages.BlockGraphMessages;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Graphs whose nodes have features and a block each, as numbers that a model reads. */
public final class GraphData implements Examples {
    private final List<BlockGraph> graphs;
    private final int features;

    private GraphData(List<BlockGraph> graphs, int features) {
        this.graphs = graphs;
        this.features = features;
    }

    /**
     * Draws {@code count} graphs.
     *
     * @param part which set they are of: sets of different names are drawn independently
     */
    public static GraphData draw(Data.BlockGraphs said, String part, int count) {
        List<BlockGraph> graphs =
                IntStream.range(0, count).mapToObj(number -> BlockGraph.draw(said, part, number)).toList();
        return new GraphData(graphs, said.getBlocks());
    }

    @Override
    public int size() {
        return graphs.size();
    }

    /** How many nodes there are of all graphs. */
    public long nodes() {
        return graphs.stream().mapToLong(BlockGraph::nodes).sum();
    }

    @Override
    public int length(int index) {
        return graphs.get(index).nodes();
    }

    @Override
    public Comparator<Integer> shortestFirst() {
        return Comparator.comparingInt(this::length);
    }

    @Override
    public Problem tooLong(int index, int length, int batch) {
        return BlockGraphMessages.tooLarge(index, length, batch);
    }

    /** What tells these graphs to learn from, and those held out, from others; see {@link DataMark}. */
    public DataMark mark(GraphData heldOut, String sizes) {
        DataMark.Maker mark = new DataMark.Maker();
        for (GraphData part : List.of(this, heldOut)) {
            for (int number = 0; number < part.size(); number++) {
                BlockGraph graph = part.graphs.get(number);
                int[] numbers = new int[graph.features().length];
                Arrays.setAll(numbers, place -> Float.floatToIntBits(graph.features()[place]));
                mark.add(graph.blocks());
                mark.add(numbers);
                mark.add(edges(graph, graph.nodes(), new int[graph.nodes() * graph.nodes()], 0));
            }
        }
        return mark.mark(sizes);
    }

    /** Writes who is joined to whom from {@code first} on, in rows of {@code width}. */
    private static int[] edges(BlockGraph graph, int width, int[] target, int first) {
        for (int one = 0; one < graph.nodes(); one++) {
            for (int other = 0; other < graph.nodes(); other++) {
                target[first + one * width + other] = graph.joins(one, other) ? 1 : 0;
            }
        }
        return target;
    }

    @Override
    public Batch pad(int[] rows, int lengthMultiple) {
        int width = Sizes.roundUp(IntStream.of(rows).map(this::length).max().orElse(0), lengthMultiple);
        int pairs = Math.multiplyExact(width, width);
        float[] known = new float[Math.multiplyExact(Math.multiplyExact(rows.length, width), features)];
        int[] edges = new int[Math.multiplyExact(rows.length, pairs)];
        int[] labels = new int[rows.length * width];
        int[] lengths = new int[rows.length];
        Arrays.fill(labels, Batch.IGNORED_LABEL);
        for (int row = 0; row < rows.length; row++) {
            BlockGraph graph = graphs.get(rows[row]);
            lengths[row] = graph.nodes();
            System.arraycopy(graph.features(), 0, known, row * width * features, graph.features().length);
            System.arraycopy(graph.blocks(), 0, labels, row * width, graph.nodes());
            edges(graph, width, edges, row * pairs);
        }
        Map<String, IntTensor> tensors = new LinkedHashMap<>();
        tensors.put(Batch.LENGTHS, IntTensor.of(lengths, rows.length));
        tensors.put(Batch.EDGES, IntTensor.of(edges, rows.length, width, width));
        tensors.put(Batch.LABELS, IntTensor.of(labels, rows.length, width));
        RealTensor all = RealTensor.of(known, rows.length, width, features);
        return new Batch(tensors, Map.of(Batch.FEATURES, all), IntStream.of(lengths).sum());
    }
}
