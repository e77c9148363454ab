package io.heddle.runtime.program;

import io.heddle.check.ProblemsException;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.plan.Home;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernels of a program, for as long as the arena stays where it is. */
final class BoundKernels {
    private final Arena arena;
    private final NativeBuffer memory;
    private final Kernel[] kernels;
    private final String[] labels;

    /** The node of each kernel; nothing for those that copy an output. */
    private final List<Optional<Node>> nodes = new ArrayList<>();

    BoundKernels(Program program) {
        Engine engine = program.executable().engine();
        arena = engine.arena();
        arena.reserve(program.plan().arenaBytes());
        memory = arena.memory();
        Map<Integer, Tensor> places = new HashMap<>();
        List<Kernel> made = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Node node : program.executable().graph().getNodes()) {
            node.getOutputs().forEach(value -> places.put(value.getId(), program.place(value, memory)));
            if (!(node.getOp() instanceof Op.Source) && !(node.getOp() instanceof Op.Constant)) {
                made.add(engine.backend()
                        .kernel(new BoundNode(
                                node, at(node.getInputs(), places), at(node.getOutputs(), places),
                                engine.precision(), program.sizes().bindings())));
                names.add(node.getPath() + ": " + node.getOp());
                nodes.add(Optional.of(node));
            }
        }
        copyGradients(program, places, made, names);
        kernels = made.toArray(Kernel[]::new);
        labels = names.toArray(String[]::new);
    }

    private static List<Tensor> at(List<Value> values, Map<Integer, Tensor> places) {
        return values.stream().map(value -> places.get(value.getId())).toList();
    }

    /** A gradient that is no value of its own, such as zeros or one that two weights have in common, is copied to its place. */
    private void copyGradients(
            Program program, Map<Integer, Tensor> places, List<Kernel> made, List<String> names) {
        Graph graph = program.executable().graph();
        ParameterBuffer gradients = program.executable().gradients();
        graph.getOutputs().forEach((name, value) -> gradients.gradientOf(name).ifPresent(weight -> {
            if (!program.plan().home(value).equals(new Home.Output(name))) {
                Tensor from = places.get(value.getId());
                Tensor to = gradients.place(weight);
                made.add(() -> RawMemory.copy(from.address(), to.address(), to.bytes()));
                names.add("output " + name);
                nodes.add(Optional.empty());
            }
        }));
    }

    /** True once the arena has moved. */
    boolean isStale() {
        return memory != arena.memory();
    }

    void run() {
        for (int place = 0; place < kernels.length; place++) {
            run(place);
        }
    }

    /** As {@link #run}, and tells when each kernel began and ended. */
    List<NodeTime> runTimed() {
        long[] moments = new long[kernels.length + 1];
        for (int place = 0; place < kernels.length; place++) {
            moments[place] = System.nanoTime();
            run(place);
        }
        moments[kernels.length] = System.nanoTime();
        List<NodeTime> times = new ArrayList<>();
        for (int place = 0; place < kernels.length; place++) {
            times.add(new NodeTime(nodes.get(place), moments[place], moments[place + 1]));
        }
        return times;
    }

    private void run(int place) {
        try {
            kernels[place].run();
        } catch (ProblemsException problems) {
            throw problems;
        } catch (RuntimeException failure) {
            throw new IllegalStateException(labels[place] + " failed: " + failure.getMessage(), failure);
        }
    }
}
