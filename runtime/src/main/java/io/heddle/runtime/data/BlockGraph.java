package io.heddle.runtime.data;

import io.heddle.recipe.Data;
import io.heddle.runtime.random.Normal;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.BitSet;

/**
 * A graph of a stochastic block model with noisy features; see {@link Data.BlockGraphs} for the distribution and its
 * source. It depends on (seed, part, number) alone, and is the same on every machine.
 */
final class BlockGraph {
    private final int[] blocks;
    private final float[] features;
    private final BitSet edges = new BitSet();

    private BlockGraph(int nodes, int blocks) {
        this.blocks = new int[nodes];
        this.features = new float[nodes * blocks];
    }

    /**
     * Draws the graph of a number.
     *
     * @param part which set it is of: sets of different names are drawn independently
     */
    static BlockGraph draw(Data.BlockGraphs said, String part, int number) {
        String name = "graphs/" + part + "/";
        int spread = said.getMaximumNodes() - said.getMinimumNodes() + 1;
        int nodes = said.getMinimumNodes()
                + Philox.below(spread, said.getSeed(), Streams.stream(name + "nodes"), number);
        BlockGraph graph = new BlockGraph(nodes, said.getBlocks());
        graph.drawNodes(said, name + number);
        graph.drawEdges(said, name + number);
        return graph;
    }

    private void drawNodes(Data.BlockGraphs said, String name) {
        int kinds = said.getBlocks();
        long stream = Streams.stream(name + "/blocks");
        Normal.fill(said.getSeed(), Streams.stream(name + "/features"), features, 0, 1);
        for (int node = 0; node < blocks.length; node++) {
            blocks[node] = Philox.below(kinds, said.getSeed(), stream, node);
            features[node * kinds + blocks[node]] += (float) said.getSignal();
        }
    }

    private void drawEdges(Data.BlockGraphs said, String name) {
        long stream = Streams.stream(name + "/edges");
        for (int one = 0; one < blocks.length; one++) {
            for (int other = 0; other < one; other++) {
                double chance = blocks[one] == blocks[other] ? said.getWithin() : said.getBetween();
                if (Philox.uniformDouble(said.getSeed(), stream, place(one, other)) < chance) {
                    edges.set(place(one, other));
                    edges.set(place(other, one));
                }
            }
        }
    }

    private int place(int from, int to) {
        return from * blocks.length + to;
    }

    /** How many nodes it has. */
    int nodes() {
        return blocks.length;
    }

    /** The block of each node; the graph's own array, only to be read. */
    int[] blocks() {
        return blocks;
    }

    /** {@code [nodes, features]}, row-major; the graph's own array, only to be read. */
    float[] features() {
        return features;
    }

    /** Whether an edge joins two nodes. */
    boolean joins(int one, int other) {
        return edges.get(place(one, other));
    }
}
