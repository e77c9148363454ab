package io.heddle.runtime.weights;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.TensorMessages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads the elements of a tensor in a safetensors file into Java arrays, in c order.
 *
 * <p>Fractions of every width become float or double: to a wider type exactly, to a narrower one rounded to the nearest.
 * Whole numbers become long, float or double. Fractions never become whole numbers.
 */
public final class TensorReader {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

    private TensorReader() {}

    /**
     * The elements as float.
     *
     * @throws ProblemsException when there is no tensor of this name, or it has more elements than an array can
     */
    public static float[] floats(SafetensorsFile file, String name) {
        ElementType type = file.entry(name).type();
        MemorySegment source = file.segment(name);
        float[] target = new float[arrayLength(file, name)];
        if (type == ElementType.F32) {
            MemorySegment.copy(source, FLOAT, 0, target, 0, target.length);
            return target;
        }
        for (int index = 0; index < target.length; index++) {
            target[index] = (float) number(type, source, index);
        }
        return target;
    }

    /**
     * The elements as double.
     *
     * @throws ProblemsException when there is no tensor of this name, or it has more elements than an array can
     */
    public static double[] doubles(SafetensorsFile file, String name) {
        ElementType type = file.entry(name).type();
        MemorySegment source = file.segment(name);
        double[] target = new double[arrayLength(file, name)];
        for (int index = 0; index < target.length; index++) {
            target[index] = number(type, source, index);
        }
        return target;
    }

    /**
     * The elements as long; false is 0 and true is 1.
     *
     * @throws ProblemsException when there is no tensor of this name, when its elements are fractions, or when it has
     *     more elements than an array can
     */
    public static long[] longs(SafetensorsFile file, String name) {
        ElementType type = wholeType(file, name);
        MemorySegment source = file.segment(name);
        long[] target = new long[arrayLength(file, name)];
        for (int index = 0; index < target.length; index++) {
            target[index] = whole(type, source, index);
        }
        return target;
    }

    /** The type of a tensor that must hold whole numbers or truth values. */
    static ElementType wholeType(SafetensorsFile file, String name) {
        ElementType type = file.entry(name).type();
        if (type.isFloating()) {
            throw new ProblemsException(TensorMessages.fractions(file.place(), name, type.name()));
        }
        return type;
    }

    /** Element {@code index} as double; whole numbers beyond 2^53 are rounded. */
    static double number(ElementType type, MemorySegment source, long index) {
        return switch (type) {
            case F64 -> source.getAtIndex(DOUBLE, index);
            case F32 -> source.getAtIndex(FLOAT, index);
            case F16 -> Float.float16ToFloat(source.getAtIndex(SHORT, index));
            case BF16 -> Float.intBitsToFloat(source.getAtIndex(SHORT, index) << 16);
            case I64, I32, I16, I8, U8, BOOL -> whole(type, source, index);
        };
    }

    /** Element {@code index} of a tensor of whole numbers or truth values. */
    static long whole(ElementType type, MemorySegment source, long index) {
        return switch (type) {
            case I64 -> source.getAtIndex(LONG, index);
            case I32 -> source.getAtIndex(INT, index);
            case I16 -> source.getAtIndex(SHORT, index);
            case I8 -> source.get(ValueLayout.JAVA_BYTE, index);
            case U8 -> source.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case BOOL -> source.get(ValueLayout.JAVA_BYTE, index) == 0 ? 0 : 1;
            case F64, F32, F16, BF16 -> throw new IllegalStateException(type + " holds fractions");
        };
    }

    private static int arrayLength(SafetensorsFile file, String name) {
        TensorEntry entry = file.entry(name);
        // The largest array that every Java machine can make.
        int most = Integer.MAX_VALUE - 8;
        if (entry.count() > most) {
            throw new ProblemsException(TensorMessages.tooLong(file.place(), name, entry.count(), most));
        }
        return (int) entry.count();
    }
}
