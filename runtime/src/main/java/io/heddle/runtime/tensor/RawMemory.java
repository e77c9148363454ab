package io.heddle.runtime.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads and writes single numbers by address, without making an object; a wrong address ends the process. */
public final class RawMemory {
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private RawMemory() {}

    /** Whole number {@code index} of those at this address. */
    public static int index(long address, long index) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address + Integer.BYTES * index);
    }

    /** Writes whole number {@code index} of those at this address. */
    public static void writeIndex(long address, long index, int value) {
        ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address + Integer.BYTES * index, value);
    }

    /** Writes number {@code index} of 16 bits of those at this address. */
    public static void writeShort(long address, long index, short value) {
        ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address + Short.BYTES * index, value);
    }

    /** Writes one byte. */
    public static void writeByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** Copies whole numbers to this address. */
    public static void write(int[] values, long address) {
        MemorySegment.copy(values, 0, ALL, ValueLayout.JAVA_INT_UNALIGNED, address, values.length);
    }

    /** Copies floats to this address. */
    public static void write(float[] values, long address) {
        MemorySegment.copy(values, 0, ALL, ValueLayout.JAVA_FLOAT_UNALIGNED, address, values.length);
    }

    /** Copies doubles to this address. */
    public static void write(double[] values, long address) {
        MemorySegment.copy(values, 0, ALL, ValueLayout.JAVA_DOUBLE_UNALIGNED, address, values.length);
    }

    /** Copies doubles from this address. */
    public static void read(long address, double[] values) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_DOUBLE_UNALIGNED, address, values, 0, values.length);
    }

    /** The float at this address. */
    public static float real32(long address) {
        return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
    }

    /** The double at this address. */
    public static double real64(long address) {
        return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
    }

    /** Copies bytes from one address to another; they may overlap. */
    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    /** Writes zeros. */
    public static void clear(long address, long bytes) {
        ALL.asSlice(address, bytes).fill((byte) 0);
    }

    /** Writes a float. */
    public static void writeReal32(long address, float value) {
        ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
    }

    /** Writes a double. */
    public static void writeReal64(long address, double value) {
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
    }
}
