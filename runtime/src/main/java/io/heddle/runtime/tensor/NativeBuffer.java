package io.heddle.runtime.tensor;

import io.heddle.runtime.messages.MemoryMessages;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A piece of ND4J memory, made once and cleared, that begins at a multiple of {@value #ALIGNMENT} bytes.
 *
 * <p>Tensors are carved out of it without a copy. A view of the buffer's own type keeps the memory alive by itself; a view
 * of another type does not, so whoever holds one holds the buffer too, as {@link Tensor} does.
 */
public final class NativeBuffer {
    /** Where tensors may begin: a cache line, and the widest vector. */
    public static final int ALIGNMENT = 64;

    private final INDArray all;
    private final long elements;
    private final long start;

    private NativeBuffer(INDArray all, long elements, long start) {
        this.all = all;
        this.elements = elements;
        this.start = start;
    }

    /**
     * Room for this many numbers, all of them zero.
     *
     * @throws io.heddle.check.ProblemsException when the machine has not so much memory
     */
    public static NativeBuffer allocate(DataType type, long elements) {
        return allocate(type, elements, MemoryMessages.tensor(elements));
    }

    /**
     * Room for this many numbers, all of them zero.
     *
     * @param need what it is wanted for
     * @throws io.heddle.check.ProblemsException when the machine has not so much memory
     */
    public static NativeBuffer allocate(DataType type, long elements, MemoryMessages.Need need) {
        long bytes = Math.multiplyExact(elements, type.width());
        MemoryLimit.require(bytes, need);
        INDArray all = create(type, elements + ALIGNMENT / type.width(), need);
        long address = all.data().pointer().address();
        long aligned = aligned(address);
        return new NativeBuffer(all, elements, (aligned - address) / type.width());
    }

    private static INDArray create(DataType type, long elements, MemoryMessages.Need need) {
        try {
            return Nd4j.create(type, elements);
        } catch (OutOfMemoryError refused) {
            throw MemoryLimit.refused(elements * type.width(), need);
        } catch (RuntimeException refused) {
            // The native library's words for it; it has no exception of its own.
            if (String.valueOf(refused.getMessage()).contains("bad_alloc")) {
                throw MemoryLimit.refused(elements * type.width(), need);
            }
            throw refused;
        }
    }

    /** The least multiple of {@link #ALIGNMENT} that is not below this number of bytes. */
    public static long aligned(long bytes) {
        return Math.addExact(bytes, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The address of the first number of a tensor in c order. */
    public static long address(INDArray array) {
        return array.data().pointer().address() + array.offset() * array.dataType().width();
    }

    /** The numbers of a tensor in c order, as doubles: what ND4J does number by number. */
    public static double[] numbers(INDArray array) {
        long address = address(array);
        double[] numbers = new double[Math.toIntExact(array.length())];
        switch (array.dataType()) {
            case FLOAT -> Arrays.setAll(numbers, place -> RawMemory.real32(address + (long) Float.BYTES * place));
            case DOUBLE -> RawMemory.read(address, numbers);
            default -> throw new IllegalArgumentException("Real numbers are read, not " + array.dataType() + ".");
        }
        return numbers;
    }

    /** The address of the first number. */
    public long address() {
        return address(all) + start * type().width();
    }

    /** How many numbers there are. */
    public long elements() {
        return elements;
    }

    public DataType type() {
        return all.dataType();
    }

    /** All numbers as one vector, without a copy. */
    public INDArray array() {
        return view(0, type(), elements);
    }

    /** A tensor in c order that begins this many bytes after the first number, without a copy. */
    public INDArray view(long offset, DataType type, long... shape) {
        if (type == type()) {
            return view(all.data(), start + offset / type.width(), shape);
        }
        long count = count(shape);
        Pointer pointer = new Address(address() + offset, count);
        return view(Nd4j.createBuffer(typed(pointer, type), count, type), 0, shape);
    }

    private static INDArray view(DataBuffer data, long offset, long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return Nd4j.create(data, shape, strides, offset, 'c');
    }

    private static long count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    private static Pointer typed(Pointer pointer, DataType type) {
        return switch (type) {
            case FLOAT -> new FloatPointer(pointer);
            case DOUBLE -> new DoublePointer(pointer);
            default -> {
                if (type != DataType.INT32) {
                    throw new IllegalArgumentException(
                            "Tensors hold floats, doubles or 32-bit integers, not " + type + ".");
                }
                yield new IntPointer(pointer);
            }
        };
    }

    /** A place in memory that somebody else owns. */
    private static final class Address extends Pointer {
        Address(long address, long count) {
            super((Pointer) null);
            this.address = address;
            this.limit = count;
            this.capacity = count;
        }
    }
}
