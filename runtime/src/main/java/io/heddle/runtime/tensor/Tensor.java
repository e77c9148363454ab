package io.heddle.runtime.tensor;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A place in memory with a shape, in c order.
 *
 * <p>Kernels on raw memory use {@link #address()}, which is fixed for as long as the tensor is reachable; kernels on ND4J
 * use {@link #array()}, which is made when it is first asked for.
 */
public final class Tensor {
    private final NativeBuffer memory;
    private final long offset;
    private final DataType type;
    private final long[] shape;
    private INDArray array;

    /** The tensor that begins this many bytes into the memory. */
    public Tensor(NativeBuffer memory, long offset, DataType type, long... shape) {
        this.memory = memory;
        this.offset = offset;
        this.type = type;
        this.shape = shape.clone();
    }

    /** A tensor in memory of its own, zero at first. */
    public static Tensor allocate(DataType type, long... shape) {
        long elements = 1;
        for (long size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        return new Tensor(NativeBuffer.allocate(type, elements), 0, type, shape);
    }

    /** The address of the first number. */
    public long address() {
        return memory.address() + offset;
    }

    /** The tensor as ND4J sees it, without a copy; the same object each time. */
    public INDArray array() {
        if (array == null) {
            array = memory.view(offset, type, shape);
        }
        return array;
    }

    public DataType type() {
        return type;
    }

    public int rank() {
        return shape.length;
    }

    /** The sizes, slowest first; a copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** One size; a negative axis counts from the last one, which is -1. */
    public long size(int axis) {
        return shape[axis < 0 ? shape.length + axis : axis];
    }

    /** How many numbers there are. */
    public long elements() {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return elements;
    }

    /** How many rows of the last dim there are: 1 for a vector. */
    public long rows() {
        return elements() / size(-1);
    }

    /** How many bytes there are. */
    public long bytes() {
        return elements() * type.width();
    }

    /** The whole number at this place of an index tensor, in c order. */
    public int index(long place) {
        return RawMemory.index(address(), place);
    }

    /** All whole numbers of an index tensor, in c order. */
    public int[] indexes() {
        int[] indexes = new int[Math.toIntExact(elements())];
        for (int place = 0; place < indexes.length; place++) {
            indexes[place] = index(place);
        }
        return indexes;
    }

    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
