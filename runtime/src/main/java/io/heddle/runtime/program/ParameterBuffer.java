package io.heddle.runtime.program;

import io.heddle.graph.Element;
import io.heddle.graph.Graph;
import io.heddle.runtime.gradient.Gradients;
import io.heddle.runtime.messages.MemoryMessages;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One number for each number of a model's weights, in one contiguous piece of memory: the weights themselves, their
 * gradients, or an optimizer's moments. Buffers of one layout line up number by number.
 */
public final class ParameterBuffer implements Weights {
    private final ParameterLayout layout;
    private final Precision precision;
    private final NativeBuffer memory;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private ParameterBuffer(ParameterLayout layout, Precision precision) {
        this.layout = layout;
        this.precision = precision;
        memory = NativeBuffer.allocate(
                precision.type(Element.Real),
                layout.elements(),
                MemoryMessages.weights(layout.parameters()));
        layout.entries().values().forEach(entry -> {
            long offset = entry.offset() * precision.bytes();
            tensors.put(entry.name(), new Tensor(memory, offset, memory.type(), entry.sizes()));
        });
    }

    /** A buffer of zeros. */
    public static ParameterBuffer zeros(ParameterLayout layout, Precision precision) {
        return new ParameterBuffer(layout, precision);
    }

    /**
     * The weights of a graph as they are before training. Each weight's numbers depend on the seed and its name alone, not on
     * what else the model has.
     */
    public static ParameterBuffer initialized(Graph graph, Precision precision, long seed) {
        return initialized(ParameterLayout.of(graph), precision, seed);
    }

    /** The weights of a layout as they are before training. */
    public static ParameterBuffer initialized(ParameterLayout layout, Precision precision, long seed) {
        ParameterBuffer parameters = zeros(layout, precision);
        Initialization.draw(parameters, seed);
        return parameters;
    }

    /** A buffer of zeros with this one's layout and precision. */
    public ParameterBuffer zerosAlike() {
        return new ParameterBuffer(layout, precision);
    }

    /** A buffer of zeros for those of these weights that are trained: their gradients, or what an optimizer remembers. */
    public ParameterBuffer zerosOfTrained() {
        return new ParameterBuffer(layout.trained(), precision);
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    /** All numbers as one vector, without a copy. */
    public INDArray array() {
        return memory.array();
    }

    /** The address of the first number; valid for as long as this buffer is reachable. */
    public long address() {
        return memory.address();
    }

    /** How many numbers {@link #array()} has. */
    public long elements() {
        return layout.elements();
    }

    /** {@code count} numbers from number {@code from} on as one vector, without a copy. */
    public Tensor span(long from, long count) {
        return new Tensor(memory, from * precision.bytes(), memory.type(), count);
    }

    /**
     * The numbers of one weight, without a copy.
     *
     * @throws NoSuchElementException when there is none of this name
     */
    public INDArray tensor(String name) {
        return place(name).array();
    }

    @Override
    public Tensor place(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException(
                    "There is no weight \"" + name + "\", only " + String.join(", ", tensors.keySet()) + ".");
        }
        return tensor;
    }

    /** The weight whose gradient an output of this name is, if it is here. */
    Optional<String> gradientOf(String output) {
        return Optional.of(output)
                .filter(name -> name.startsWith(Gradients.OUTPUT_PREFIX))
                .map(name -> name.substring(Gradients.OUTPUT_PREFIX.length()))
                .filter(tensors::containsKey);
    }

    /** All weights by name, in order, without a copy. */
    public SequencedMap<String, INDArray> tensors() {
        SequencedMap<String, INDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
        return Collections.unmodifiableSequencedMap(arrays);
    }

    /**
     * Takes over all numbers from another buffer.
     *
     * @throws IllegalArgumentException when the other has another layout or precision
     */
    public void copyFrom(ParameterBuffer other) {
        if (!layout.shapes().equals(other.layout.shapes()) || precision != other.precision) {
            throw new IllegalArgumentException("Buffers of different weights or precisions do not line up.");
        }
        RawMemory.copy(other.address(), address(), elements() * precision.bytes());
    }

    /** Sets all numbers to zero. */
    public void clear() {
        RawMemory.clear(address(), elements() * precision.bytes());
    }

    /**
     * Takes over a value for every weight; real numbers of another precision are rounded. Nothing is written unless
     * everything fits.
     *
     * @param source what the values come from, such as a file's name: the place of the problems
     * @throws io.heddle.check.ProblemsException when a weight is missing, left over or of another shape
     */
    public void load(Map<String, INDArray> values, String source) {
        ParameterChecks.check(layout, shapes(values), source);
        tensors.forEach((name, tensor) -> tensor.array().assign(values.get(name)));
    }

    private static Map<String, List<Long>> shapes(Map<String, INDArray> values) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            List<Long> shape = new ArrayList<>();
            for (long size : value.shape()) {
                shape.add(size);
            }
            shapes.put(name, shape);
        });
        return shapes;
    }
}
