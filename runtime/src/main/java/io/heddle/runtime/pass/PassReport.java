package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pass did to a graph.
 *
 * @param pass its name
 * @param nodesBefore how many nodes there were
 * @param nodesAfter how many there are
 * @param changes by how many the nodes of each kind of op grew, in the order of the kinds' names; without those that
 *     did not
 */
public record PassReport(String pass, int nodesBefore, int nodesAfter, Map<String, Integer> changes) {
    public PassReport {
        changes = Map.copyOf(changes);
    }

    static PassReport of(String pass, Graph before, Graph after) {
        Map<String, Integer> changes = new TreeMap<>();
        before.getNodes().forEach(node -> changes.merge(kind(node.getOp()), -1, Integer::sum));
        after.getNodes().forEach(node -> changes.merge(kind(node.getOp()), 1, Integer::sum));
        changes.values().removeIf(change -> change == 0);
        return new PassReport(
                pass, before.getNodes().size(), after.getNodes().size(), changes);
    }

    private static String kind(Object op) {
        return op.getClass().getSimpleName();
    }

    /** One line: {@code residual and norm: 52 -> 50 nodes (Add -2, AddLayerNorm +2, LayerNorm -2)}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(pass + ": " + nodesBefore + " -> " + nodesAfter + " nodes");
        String separator = " (";
        for (Map.Entry<String, Integer> change : new TreeMap<>(changes).entrySet()) {
            String sign = change.getValue() > 0 ? "+" : "";
            line.append(separator).append(change.getKey()).append(' ').append(sign).append(change.getValue());
            separator = ", ";
        }
        return line.append(changes.isEmpty() ? "" : ")").toString();
    }
}
