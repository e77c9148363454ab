package io.heddle.runtime.program;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.graph.Element;
import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.runtime.messages.ProgramMessages;
import io.heddle.runtime.plan.Sizes;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What programs remember from run to run, such as the keys and values of a decoder or the memory of a Transformer-XL, each
 * {@code [batch, ..]}.
 *
 * <p>Whoever decodes or trains holds one for each batch of sequences and binds programs with it: one that takes a whole
 * prompt and one that takes a single token write to the same states.
 */
public final class States {
    private final Map<String, Tensor> tensors;
    private final Map<String, Tensor> spares = new HashMap<>();
    private final Map<Key, Program> programs = new HashMap<>();

    private record Key(Executable executable, Sizes sizes) {}

    private States(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    static States none() {
        return new States(Map.of());
    }

    static States of(Graph graph, Sizes sizes, Precision precision) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Node node : graph.getNodes()) {
            if (node.getOp() instanceof Op.State state) {
                tensors.put(
                        state.getName(), Tensor.allocate(precision.type(Element.Real), sizes.of(state.getShape())));
            }
        }
        return new States(tensors);
    }

    /** Returns when the states that a graph names are here, in its sizes. */
    private void check(Graph graph, Sizes sizes) {
        List<Problem> problems = new ArrayList<>();
        for (Node node : graph.getNodes()) {
            if (node.getOp() instanceof Op.State state) {
                String wanted = Arrays.toString(sizes.of(state.getShape()));
                Tensor tensor = tensors.get(state.getName());
                if (tensor == null) {
                    problems.add(ProgramMessages.missingState(node.getPath(), state.getName(), wanted));
                } else if (!Arrays.toString(tensor.shape()).equals(wanted)) {
                    problems.add(ProgramMessages.otherState(node.getPath(), state.getName(), wanted,
                            Arrays.toString(tensor.shape())));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    /**
     * A program on these states: the same object for the same sizes.
     *
     * @throws ProblemsException when a state is missing or of another shape
     */
    Program program(Executable executable, Sizes sizes) {
        return programs.computeIfAbsent(new Key(executable, sizes), key -> {
            check(executable.graph(), sizes);
            return new Program(executable, sizes, this);
        });
    }

    Tensor place(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException(
                    "There is no state \"" + name + "\", only " + String.join(", ", tensors.keySet()) + ".");
        }
        return tensor;
    }

    /**
     * One state, without a copy.
     *
     * @throws NoSuchElementException when there is none of this name
     */
    public INDArray tensor(String name) {
        return place(name).array();
    }

    /** All states by name, in the graph's order, without a copy. */
    public SequencedMap<String, INDArray> tensors() {
        SequencedMap<String, INDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
        return Collections.unmodifiableSequencedMap(arrays);
    }

    /**
     * Takes over a value for every state. Nothing is written unless all are there and fit.
     *
     * @param source what the values come from, such as a file's name: the place of the problems
     * @throws ProblemsException when a state is missing or of another shape
     */
    public void load(Map<String, INDArray> values, String source) {
        List<Problem> problems = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            String wanted = Arrays.toString(tensor.shape());
            INDArray value = values.get(name);
            if (value == null) {
                problems.add(ProgramMessages.missingState(source, name, wanted));
            } else if (!Arrays.equals(tensor.shape(), value.shape())) {
                problems.add(ProgramMessages.otherState(source, name, wanted, Arrays.toString(value.shape())));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        tensors.forEach((name, tensor) -> tensor.array().assign(values.get(name)));
    }

    /** Sets all states to zero, for other sequences. */
    public void reset() {
        tensors.values().forEach(tensor -> RawMemory.clear(tensor.address(), tensor.bytes()));
    }

    /**
     * Gives each row of the batch what another row had: {@code new[row] = old[rows[row]]}, as a beam search does when it goes
     * on from its best hypotheses.
     *
     * @param rows one for each row of the batch; a row may occur more than once
     * @throws IllegalArgumentException when there are more or fewer, or one lies outside of the batch
     */
    public void reorder(int[] rows) {
        tensors.forEach((name, tensor) -> {
            int batch = Math.toIntExact(tensor.size(0));
            if (rows.length != batch || Arrays.stream(rows).anyMatch(row -> row < 0 || row >= batch)) {
                throw new IllegalArgumentException("Rows " + Arrays.toString(rows) + " do not reorder state \"" + name
                        + "\" of batch " + batch + ".");
            }
        });
        tensors.forEach((name, tensor) -> {
            Tensor spare = spares.computeIfAbsent(name, same -> Tensor.allocate(tensor.type(), tensor.shape()));
            long bytes = tensor.bytes() / rows.length;
            for (int row = 0; row < rows.length; row++) {
                if (rows[row] != row) {
                    RawMemory.copy(tensor.address() + rows[row] * bytes, spare.address() + row * bytes, bytes);
                }
            }
            for (int row = 0; row < rows.length; row++) {
                if (rows[row] != row) {
                    RawMemory.copy(spare.address() + row * bytes, tensor.address() + row * bytes, bytes);
                }
            }
        });
    }
}
