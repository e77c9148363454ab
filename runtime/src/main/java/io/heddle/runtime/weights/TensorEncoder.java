package io.heddle.runtime.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the elements of a safetensors file from the numbers of an array: what {@link TensorArrays} undoes. */
public final class TensorEncoder {
    private static final int LOWER_BITS = 16;

    private TensorEncoder() {}

    /**
     * The numbers of an array of type FLOAT or DOUBLE in c order, little-endian; rounded to the nearest, and of two that are
     * as near to the even one, where the type is narrower.
     *
     * @param arena whose memory they lie in
     * @throws IllegalArgumentException when the array is of any other type
     */
    public static MemorySegment encoded(INDArray array, ElementType type, Arena arena) {
        if (array.dataType() != DataType.DOUBLE && array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("an array of FLOAT or DOUBLE is expected, not " + array.dataType());
        }
        MemorySegment target = arena.allocate(Math.max(1, array.length() * type.bytes()))
                .asSlice(0, array.length() * type.bytes());
        if (array.length() == 0) {
            return target;
        }
        INDArray whole = array.dup('c');
        try {
            fill(target, type, TensorArrays.memory(whole), whole.dataType());
        } finally {
            Reference.reachabilityFence(whole);
            TensorArrays.letGo(whole);
        }
        return target;
    }

    private static void fill(MemorySegment target, ElementType type, MemorySegment source, DataType stored) {
        boolean wide = stored == DataType.DOUBLE;
        long count = target.byteSize() / type.bytes();
        for (long index = 0; index < count; index++) {
            double number = wide
                    ? source.getAtIndex(TensorReader.DOUBLE, index)
                    : source.getAtIndex(TensorReader.FLOAT, index);
            put(target, type, index, number);
        }
    }

    private static void put(MemorySegment target, ElementType type, long index, double number) {
        switch (type) {
            case F64 -> target.setAtIndex(TensorReader.DOUBLE, index, number);
            case F32 -> target.setAtIndex(TensorReader.FLOAT, index, (float) number);
            case F16 -> target.setAtIndex(TensorReader.SHORT, index, Float.floatToFloat16((float) number));
            case BF16 -> target.setAtIndex(TensorReader.SHORT, index, upperHalf((float) number));
            case I64 -> target.setAtIndex(TensorReader.LONG, index, Math.round(number));
            case I32 -> target.setAtIndex(TensorReader.INT, index, (int) Math.round(number));
            case I16 -> target.setAtIndex(TensorReader.SHORT, index, (short) Math.round(number));
            case I8, U8 -> target.set(ValueLayout.JAVA_BYTE, index, (byte) Math.round(number));
            case BOOL -> target.set(ValueLayout.JAVA_BYTE, index, (byte) (number == 0 ? 0 : 1));
        }
    }

    /** The upper 16 bits of a float, rounded by the lower ones to the nearest, or to the even one. */
    private static short upperHalf(float number) {
        int bits = Float.floatToRawIntBits(number);
        if (Float.isNaN(number)) {
            return (short) (bits >>> LOWER_BITS);
        }
        int odd = (bits >>> LOWER_BITS) & 1;
        return (short) ((bits + Short.MAX_VALUE + odd) >>> LOWER_BITS);
    }
}
