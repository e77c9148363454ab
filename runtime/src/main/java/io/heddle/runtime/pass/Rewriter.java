package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.GraphBuilder;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What most passes are written with: it copies a graph node by node, and remembers which old value became which new one.
 */
final class Rewriter {
    private final Graph graph;
    private final GraphBuilder builder;
    private final Map<Integer, Value> renamed = new HashMap<>();
    private final Map<Integer, Node> makers = new HashMap<>();

    Rewriter(Graph graph) {
        this.graph = graph;
        this.builder = new GraphBuilder(List.of(), graph.getNextId());
    }

    /** What an old value is now called; new values are called what they are. */
    Value now(Value value) {
        return renamed.getOrDefault(value.getId(), value);
    }

    List<Value> now(List<Value> values) {
        return values.stream().map(this::now).toList();
    }

    /** The node that makes a value of the new graph. */
    Node maker(Value value) {
        return makers.get(value.getId());
    }

    /** Copies a node; its inputs take their new names, its outputs keep theirs. */
    void keep(Node node) {
        Node copy = new Node(node.getOp(), now(node.getInputs()), node.getOutputs(), node.getPath());
        builder.keep(copy);
        copy.getOutputs().forEach(output -> makers.put(output.getId(), copy));
    }

    /** Puts another node in a node's place; its outputs stand for the outputs in {@code instead}, one by one. */
    void replace(List<Value> instead, Op op, String path, List<Value> inputs) {
        List<Value> made = add(op, path, inputs);
        for (int at = 0; at < made.size(); at++) {
            rename(instead.get(at), made.get(at));
        }
    }

    /** Adds a node; gives its outputs. */
    List<Value> add(Op op, String path, List<Value> inputs) {
        List<Value> made = builder.add(op, now(inputs), path);
        Node node = new Node(op, now(inputs), made, path);
        made.forEach(output -> makers.put(output.getId(), node));
        return made;
    }

    /** Leaves out what made {@code old}: its readers read {@code value}. */
    void rename(Value old, Value value) {
        renamed.put(old.getId(), now(value));
    }

    Graph finish() {
        graph.getOutputs().forEach((name, value) -> builder.output(name, now(value)));
        return builder.build();
    }
}
