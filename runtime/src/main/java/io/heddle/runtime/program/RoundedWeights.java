package io.heddle.runtime.program;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.ProductForm;
import io.heddle.graph.Value;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Weights to write with: those of linear maps and tables in bfloat16, which is a float without its lower 16 bits, rounded to the
 * nearest, and to the even one of two as near; all others as they were. A token is read at the speed at which memory gives
 * its weights, so half the bytes are nearly half the time. Sums are kept in float.
 *
 * <p>The format, and its rounding, are those of Kalamkar et al. 2019 (arXiv 1905.12322, section 3).
 */
public final class RoundedWeights implements Weights {
    private static final int HALF = 0x7FFF;
    private static final int LOWER_BITS = 16;

    private final ParameterLayout layout;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private RoundedWeights(ParameterLayout layout) {
        this.layout = layout;
    }

    /**
     * Rounds the weights that a graph reads as matrices of linear maps, or as tables, and in no other way.
     *
     * @param weights in float
     */
    public static RoundedWeights of(ParameterBuffer weights, Graph graph) {
        if (weights.precision() != Precision.FLOAT) {
            throw new IllegalArgumentException("Weights in " + weights.precision() + " are not rounded to bfloat16.");
        }
        RoundedWeights rounded = new RoundedWeights(weights.layout());
        weights.layout().entries().keySet().forEach(name -> {
            Tensor whole = weights.place(name);
            rounded.tensors.put(name, isRounded(name, graph) ? rounded(whole) : copied(whole));
        });
        return rounded;
    }

    private static boolean isRounded(String name, Graph graph) {
        for (Node node : graph.getNodes()) {
            if (node.getOp() instanceof Op.Parameter parameter && parameter.getName().equals(name)) {
                Value weight = node.getOutput();
                return graph.getNodes().stream()
                        .filter(reader -> reader.getInputs().contains(weight))
                        .allMatch(reader -> takesRounded(reader, weight))
                        && !graph.getOutputs().containsValue(weight);
            }
        }
        return false;
    }

    private static boolean takesRounded(Node reader, Value weight) {
        return switch (reader.getOp()) {
            case Op.MatMul product ->
                    product.getForm() == ProductForm.RowsByRows && !reader.getInputs().getFirst().equals(weight);
            case Op.Embed _ -> true;
            default -> false;
        };
    }

    private static Tensor rounded(Tensor whole) {
        Tensor half = Tensor.allocate(DataType.BFLOAT16, whole.shape());
        for (long place = 0; place < whole.elements(); place++) {
            RawMemory.writeShort(half.address(), place,
                    bfloat16(RawMemory.real32(whole.address() + Float.BYTES * place)));
        }
        return half;
    }

    /** The upper 16 bits of the nearest number that has no lower ones. */
    private static short bfloat16(float number) {
        int bits = Float.floatToRawIntBits(number);
        if (Float.isNaN(number)) {
            return (short) ((bits >>> LOWER_BITS) | 1);
        }
        int odd = (bits >>> LOWER_BITS) & 1;
        return (short) ((bits + HALF + odd) >>> LOWER_BITS);
    }

    private static Tensor copied(Tensor whole) {
        Tensor copy = new Tensor(NativeBuffer.allocate(whole.type(), whole.elements()), 0, whole.type(), whole.shape());
        RawMemory.copy(whole.address(), copy.address(), whole.bytes());
        return copy;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT;
    }

    /** How many bytes all of them take. */
    public long bytes() {
        return tensors.values().stream().mapToLong(Tensor::bytes).sum();
    }

    @Override
    public Tensor place(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException("There is no weight \"" + name + "\".");
        }
        return tensor;
    }
}
