package io.heddle.runtime.weights;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where the elements of a tensor that is to be written come from. */
public sealed interface TensorSource {
    /** The name that the tensor will have in the file. */
    String name();

    /**
     * Elements lying in memory, in c order and little-endian.
     *
     * @param shape sizes, outermost first; the segment holds exactly their product of elements
     */
    record Memory(String name, ElementType type, List<Long> shape, MemorySegment elements) implements TensorSource {
        /** Keeps the shape from changing later. */
        public Memory {
            shape = List.copyOf(shape);
        }
    }

    /**
     * An array of type FLOAT, DOUBLE, INT64 or INT32.
     *
     * <p>Written straight from its memory when it is whole and in c order. A view or an array in f order is copied while
     * it is being written, and no longer.
     */
    record Array(String name, INDArray array) implements TensorSource {}

    /**
     * An array that is made when its turn to be written comes, and let go of afterwards: so that a file is written of which
     * memory never holds more than one tensor.
     *
     * @param type FLOAT or DOUBLE
     * @param maker makes an array of this type and shape, which nobody else holds
     */
    record Made(String name, DataType type, List<Long> shape, Supplier<INDArray> maker) implements TensorSource {
        /** Keeps the shape from changing later. */
        public Made {
            shape = List.copyOf(shape);
        }
    }
}
