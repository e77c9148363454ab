package io.heddle.runtime.program;

import io.heddle.check.ProblemsException;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.runtime.messages.ProgramMessages;
import io.heddle.runtime.plan.Home;
import io.heddle.runtime.plan.MemoryPlan;
import io.heddle.runtime.plan.Sizes;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph for one set of sizes: set its inputs, run it, read its outputs.
 *
 * <p>Inputs keep what was written until it is overwritten; outputs are valid until the program runs again.
 */
public final class Program {
    private final Executable executable;
    private final Sizes sizes;
    private final States states;
    private final MemoryPlan plan;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final Map<Integer, Tensor> constants = new LinkedHashMap<>();
    private final Set<String> unset = new TreeSet<>();
    private BoundKernels bound;

    Program(Executable executable, Sizes sizes, States states) {
        this.executable = executable;
        this.sizes = sizes;
        this.states = states;
        Graph graph = executable.graph();
        plan = MemoryPlan.of(graph, sizes, executable.engine().precision());
        graph.getNodes().forEach(this::allocateSource);
        graph.getOutputs().forEach((name, value) -> {
            if (plan.home(value) instanceof Home.Output home && home.name().equals(name)) {
                outputs.put(name, gradient(name, value));
            }
        });
        bound = new BoundKernels(this);
    }

    private void allocateSource(Node node) {
        switch (node.getOp()) {
            case Op.Input input -> {
                inputs.put(input.getName(), allocate(node.getOutput()));
                unset.add(input.getName());
            }
            case Op.Constant constant -> {
                Tensor tensor = allocate(node.getOutput());
                tensor.array().assign(constant.getValue());
                constants.put(node.getOutput().getId(), tensor);
            }
            default -> {
                // Weights and states are there already; all else is computed.
            }
        }
    }

    /** The place of an output: among the gradients where it is one of theirs, else its own. */
    private Tensor gradient(String name, Value value) {
        ParameterBuffer gradients = executable.gradients();
        return gradients
                .gradientOf(name)
                .map(gradients::place)
                .orElseGet(() -> allocate(value));
    }

    private Tensor allocate(Value value) {
        return Tensor.allocate(
                executable.engine().precision().type(value.getType().getElement()),
                sizes.of(value.getType().getShape()));
    }

    /** Where a value lives, with the arena as it is now. */
    Tensor place(Value value, NativeBuffer arena) {
        return switch (plan.home(value)) {
            case Home.Arena home ->
                    new Tensor(
                            arena,
                            home.offset(),
                            executable.engine().precision().type(value.getType().getElement()),
                            sizes.of(value.getType().getShape()));
            case Home.Parameter home -> executable.parameters().place(home.name());
            case Home.State home -> states.place(home.name());
            case Home.Input home -> inputs.get(home.name());
            case Home.Output home -> outputs.get(home.name());
            case Home.Constant home -> constants.get(home.value());
        };
    }

    public Executable executable() {
        return executable;
    }

    public Sizes sizes() {
        return sizes;
    }

    /** Where each value lives, and how much memory that takes. */
    public MemoryPlan plan() {
        return plan;
    }

    /**
     * The place of an input, to write into before a run.
     *
     * @throws NoSuchElementException when there is none of this name
     */
    public INDArray input(String name) {
        unset.remove(name);
        return inputPlace(name).array();
    }

    /** Whether there is an input of this name: what nothing reads is none. */
    public boolean hasInput(String name) {
        return inputs.containsKey(name);
    }

    private Tensor inputPlace(String name) {
        Tensor tensor = inputs.get(name);
        if (tensor == null) {
            throw new NoSuchElementException(
                    "There is no input \"" + name + "\", only " + String.join(", ", inputs.keySet()) + ".");
        }
        return tensor;
    }

    /**
     * Writes whole numbers in c order.
     *
     * @throws ProblemsException when there are more or fewer than the input takes, or it takes real numbers
     */
    public void setInput(String name, int[] values) {
        InputValues.write(name, inputPlace(name), values);
        unset.remove(name);
    }

    /** Writes the one whole number of a scalar, such as an offset. */
    public void setInput(String name, int value) {
        setInput(name, new int[] {value});
    }

    /**
     * Writes real numbers in c order, rounded to the program's precision.
     *
     * @throws ProblemsException when there are more or fewer than the input takes, or it takes whole numbers
     */
    public void setInput(String name, float[] values) {
        InputValues.write(name, inputPlace(name), values);
        unset.remove(name);
    }

    /**
     * Writes real numbers in c order, rounded to the program's precision.
     *
     * @throws ProblemsException when there are more or fewer than the input takes, or it takes whole numbers
     */
    public void setInput(String name, double[] values) {
        InputValues.write(name, inputPlace(name), values);
        unset.remove(name);
    }

    /**
     * Copies a tensor.
     *
     * @throws ProblemsException when its shape or its kind of number is not the input's
     */
    public void setInput(String name, INDArray values) {
        InputValues.write(name, inputPlace(name), values);
        unset.remove(name);
    }

    /**
     * Computes the outputs.
     *
     * @throws ProblemsException when an input was never set, or its numbers are not what the model takes
     */
    public void run() {
        synchronized (executable.engine()) {
            ready().run();
        }
    }

    /**
     * As {@link #run}, and tells when each node began and ended, in their order.
     *
     * @throws ProblemsException when an input was never set, or its numbers are not what the model takes
     */
    public List<NodeTime> runTimed() {
        synchronized (executable.engine()) {
            return ready().runTimed();
        }
    }

    private BoundKernels ready() {
        if (!unset.isEmpty()) {
            throw new ProblemsException(ProgramMessages.neverSet(unset));
        }
        if (bound.isStale()) {
            bound = new BoundKernels(this);
        }
        return bound;
    }

    /**
     * What the last run computed, without a copy; it changes with the next run.
     *
     * @throws NoSuchElementException when there is none of this name
     */
    public INDArray output(String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            Value value = executable.graph().getOutputs().get(name);
            if (value == null) {
                throw new NoSuchElementException("There is no output \"" + name + "\", only "
                        + String.join(", ", executable.graph().getOutputs().keySet()) + ".");
            }
            // Its value has another name or is no computed one, and lives there.
            tensor = place(value, executable.engine().arena().memory());
            outputs.put(name, tensor);
        }
        return tensor.array();
    }

    /**
     * An output of one number.
     *
     * @throws IllegalArgumentException when it has more
     */
    public double scalar(String name) {
        INDArray output = output(name);
        if (output.length() != 1) {
            throw new IllegalArgumentException(
                    "Output \"" + name + "\" is not one number but " + Arrays.toString(output.shape()) + ".");
        }
        return output.getDouble(0);
    }
}
