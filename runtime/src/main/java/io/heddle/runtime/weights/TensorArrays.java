package io.heddle.runtime.weights;

import io.heddle.check.ProblemsException;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads the tensors of a safetensors file as INDArrays in c order. */
public final class TensorArrays {
    private TensorArrays() {}

    /**
     * A copy of a tensor, free to be written to, in the type nearest to the file's.
     *
     * @return DOUBLE for F64; FLOAT for F32, F16 and BF16; INT64 for whole numbers and truth values
     * @throws ProblemsException when there is no tensor of this name
     */
    public static INDArray copy(SafetensorsFile file, String name) {
        return copy(file, name, nearest(file.entry(name).type()));
    }

    /**
     * A copy of a tensor, free to be written to, in a type of the caller's choice.
     *
     * @param type DOUBLE, FLOAT or INT64; fractions are rounded to the nearest that it holds
     * @throws ProblemsException when there is no tensor of this name, or it holds fractions and type is INT64
     * @throws IllegalArgumentException when type is any other
     */
    public static INDArray copy(SafetensorsFile file, String name, DataType type) {
        if (type != DataType.DOUBLE && type != DataType.FLOAT && type != DataType.INT64) {
            throw new IllegalArgumentException("type must be DOUBLE, FLOAT or INT64 and is " + type);
        }
        TensorEntry entry = file.entry(name);
        if (type == DataType.INT64) {
            TensorReader.wholeType(file, name);
        }
        INDArray array = Nd4j.createUninitialized(type, entry.sizes(), 'c');
        if (entry.count() > 0) {
            MemorySegment target = memory(array);
            MemorySegment source = file.segment(name);
            if (isStoredAs(entry.type(), type)) {
                target.copyFrom(source);
            } else {
                convert(entry, source, type, target);
            }
        }
        return array;
    }

    /**
     * The tensor itself, lying in the mapped file, when the file stores it as one of ND4J's types at an aligned place;
     * otherwise a copy as {@link #copy(SafetensorsFile, String)} makes it.
     *
     * <p>Only for reading: the map is read-only, so an operation in place ends the process. Neither close it. It costs
     * no memory of its own, and the map lives as long as the array does.
     *
     * @throws ProblemsException when there is no tensor of this name
     */
    public static INDArray mapped(SafetensorsFile file, String name) {
        TensorEntry entry = file.entry(name);
        MemorySegment source = file.segment(name);
        boolean fits = isStoredAs(entry.type(), nearest(entry.type()))
                && source.address() % entry.type().bytes() == 0
                && entry.count() > 0
                // Larger tensors do not fit the ByteBuffer that keeps the map reachable.
                && entry.bytes() <= Integer.MAX_VALUE;
        if (!fits) {
            return copy(file, name);
        }
        DataBuffer buffer =
                Nd4j.createBuffer(new Pointer(source.asByteBuffer()), entry.count(), nearest(entry.type()));
        long[] shape = entry.sizes();
        return Nd4j.create(buffer, shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
    }

    /** Gives the memory of an array back at once, where it is its own: collectors see little of what lies outside their heap. */
    public static void letGo(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }

    /** The memory of an array that is whole, in c order and not empty; the caller keeps the array reachable. */
    static MemorySegment memory(INDArray array) {
        long bytes = array.length() * array.dataType().width();
        return MemorySegment.ofAddress(array.data().pointer().address()).reinterpret(bytes);
    }

    private static DataType nearest(ElementType type) {
        return switch (type) {
            case F64 -> DataType.DOUBLE;
            case F32, F16, BF16 -> DataType.FLOAT;
            case I64, I32, I16, I8, U8, BOOL -> DataType.INT64;
        };
    }

    private static boolean isStoredAs(ElementType stored, DataType type) {
        return switch (stored) {
            case F64 -> type == DataType.DOUBLE;
            case F32 -> type == DataType.FLOAT;
            case I64 -> type == DataType.INT64;
            case F16, BF16, I32, I16, I8, U8, BOOL -> false;
        };
    }

    private static void convert(TensorEntry entry, MemorySegment source, DataType type, MemorySegment target) {
        for (long index = 0; index < entry.count(); index++) {
            if (type == DataType.INT64) {
                target.setAtIndex(TensorReader.LONG, index, TensorReader.whole(entry.type(), source, index));
            } else if (type == DataType.DOUBLE) {
                target.setAtIndex(TensorReader.DOUBLE, index, TensorReader.number(entry.type(), source, index));
            } else {
                target.setAtIndex(TensorReader.FLOAT, index, (float) TensorReader.number(entry.type(), source, index));
            }
        }
    }
}
