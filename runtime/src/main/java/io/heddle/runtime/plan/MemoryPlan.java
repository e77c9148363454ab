package io.heddle.runtime.plan;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.Precision;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A home for every value of a graph whose sizes are known.
 *
 * <p>Inputs, outputs, weights, states and constants have places of their own; all other values share one arena. First, an
 * op takes over the place of an input that dies with it, where {@link InPlace} allows; then {@link Packing} gives each
 * place an offset.
 *
 * @param homes by the value's id
 * @param arenaBytes how large the arena must be
 * @param separateBytes what it would be if no two values shared a place
 */
public record MemoryPlan(Map<Integer, Home> homes, long arenaBytes, long separateBytes) {
    /** Copies the homes. */
    public MemoryPlan {
        homes = Map.copyOf(homes);
    }

    /** Plans the memory of a graph. */
    public static MemoryPlan of(Graph graph, Sizes sizes, Precision precision) {
        return new Planner(graph, sizes, precision).plan();
    }

    /** Where this value lives. */
    public Home home(Value value) {
        return homes.get(value.getId());
    }

    /** The work of making one plan. */
    private static final class Planner {
        private final Graph graph;
        private final Sizes sizes;
        private final Precision precision;
        private final Liveness liveness;
        private final Map<Integer, String> outputs = new HashMap<>();
        private final Map<Integer, Home> homes = new HashMap<>();
        private final Map<Integer, Place> places = new LinkedHashMap<>();
        private final Map<Home, Integer> written = new HashMap<>();
        private long separateBytes;

        Planner(Graph graph, Sizes sizes, Precision precision) {
            this.graph = graph;
            this.sizes = sizes;
            this.precision = precision;
            liveness = Liveness.of(graph);
            graph.getOutputs().forEach((name, value) -> outputs.putIfAbsent(value.getId(), name));
        }

        MemoryPlan plan() {
            List<Node> nodes = graph.getNodes();
            for (int at = 0; at < nodes.size(); at++) {
                Node node = nodes.get(at);
                refuseOverwrittenStates(node);
                for (int output = 0; output < node.getOutputs().size(); output++) {
                    settle(node, at, output);
                }
            }
            long arenaBytes = Packing.pack(List.copyOf(new LinkedHashSet<>(places.values())));
            places.forEach((id, place) -> homes.put(id, new Home.Arena(place.offset())));
            return new MemoryPlan(homes, arenaBytes, separateBytes);
        }

        private void settle(Node node, int at, int output) {
            Value value = node.getOutputs().get(output);
            if (node.getOp() instanceof Op.Source source) {
                homes.put(value.getId(), home(source));
            } else if (node.getOp() instanceof Op.Constant) {
                homes.put(value.getId(), new Home.Constant(value.getId()));
            } else if (node.getOp() instanceof Op.Writer
                    && isKept(home(node.getInputs().getFirst()))) {
                Home kept = home(node.getInputs().getFirst());
                homes.put(value.getId(), kept);
                written.put(kept, value.getId());
            } else {
                settleComputed(node, at, output, value);
            }
        }

        private static Home home(Op.Source source) {
            return switch (source) {
                case Op.Input input -> new Home.Input(input.getName());
                case Op.Parameter parameter -> new Home.Parameter(parameter.getName());
                case Op.State state -> new Home.State(state.getName());
            };
        }

        /** The home of a value that is not in the arena, or one that equals no home. */
        private Home home(Value value) {
            return homes.getOrDefault(value.getId(), new Home.Arena(-1));
        }

        private void settleComputed(Node node, int at, int output, Value value) {
            String name = outputs.get(value.getId());
            if (name != null) {
                homes.put(value.getId(), new Home.Output(name));
                return;
            }
            long bytes = bytes(value);
            separateBytes += bytes;
            Liveness.Span span = liveness.of(value);
            if (output == 0) {
                for (int input : InPlace.overwritable(node.getOp())) {
                    Value overwritten = node.getInputs().get(input);
                    Place dying = places.get(overwritten.getId());
                    if (dying != null
                            && dying.last() == at
                            && sizes.elements(overwritten) == sizes.elements(value)) {
                        dying.extend(span.last());
                        places.put(value.getId(), dying);
                        return;
                    }
                }
            }
            places.put(value.getId(), new Place(bytes, span.first(), span.last()));
        }

        private long bytes(Value value) {
            int width = precision.type(value.getType().getElement()).width();
            return NativeBuffer.aligned(Math.multiplyExact(sizes.elements(value), width));
        }

        /** Whether its numbers stay from run to run, so that what writes them does so in place. */
        private static boolean isKept(Home home) {
            return home instanceof Home.State || home instanceof Home.Parameter;
        }

        /** A state's old value is gone once it was written; a graph that reads it afterwards was put in a wrong order. */
        private void refuseOverwrittenStates(Node node) {
            for (Value input : node.getInputs()) {
                Home home = home(input);
                if (written.containsKey(home) && written.get(home) != input.getId()) {
                    throw new IllegalStateException(home + " is read after it was written: " + node);
                }
            }
        }
    }
}
