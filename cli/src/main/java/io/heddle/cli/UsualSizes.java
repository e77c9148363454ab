package io.heddle.cli;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.model.Model;
import io.heddle.model.Position;
import io.heddle.model.TokenInput;
import java.util.Map;
import java.util.TreeMap;

/** Sizes to try a model with, where nobody says any: 8 rows, of 128 each or as many as there are positions. */
final class UsualSizes {
    private static final long BATCH = 8;
    private static final long LENGTH = 128;

    private UsualSizes() {}

    /** A size for each name that a graph's shapes are made of. */
    static Map<String, Long> of(Model model, Graph graph) {
        Map<String, Long> sizes = new TreeMap<>();
        for (Node node : graph.getNodes()) {
            for (var value : node.getOutputs()) {
                for (var dim : value.getType().getShape().getDims()) {
                    dim.getSymbols()
                            .forEach(name -> sizes.put(name, name.equals("batch") ? BATCH : length(model, name)));
                }
            }
        }
        return sizes;
    }

    private static long length(Model model, String name) {
        return model.getComponents().stream()
                .filter(component -> component.getName().equals(name))
                .filter(TokenInput.class::isInstance)
                .map(component -> ((TokenInput) component).getPosition())
                .filter(Position.Learned.class::isInstance)
                .mapToLong(position -> ((Position.Learned) position).getLength())
                .map(length -> Math.min(length, LENGTH))
                .findFirst()
                .orElse(LENGTH);
    }
}
