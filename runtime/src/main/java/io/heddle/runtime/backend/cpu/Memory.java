package io.heddle.runtime.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * All memory of the process as one segment, so that a kernel takes plain addresses.
 *
 * <p>The segment is a constant to the just-in-time compiler: a load through it is one machine instruction and a
 * comparison, and no object is made for a tensor that passes by. The price is that a wrong address ends the process, as
 * it would in C; kernels are therefore called by the backend, which planned the memory, and not by users.
 *
 * <p>What the just-in-time compiler asks of a kernel. Vectors stay in registers as long as all methods that they pass through
 * are inlined. Those of the Vector API always are; ours are not any more once a kernel, with all that is inlined into it and
 * that it is inlined into, has grown to 18,000 nodes (HotSpot's NodeCountInliningCutoff), which is some 35 operations on
 * vectors. A vector is an object then, and the kernel several times slower. And a method of more than some 400 bytes of code
 * is too much for the first compiler, and may never reach the second. So:
 *
 * <ul>
 *   <li>A method has one loop, or a loop and what is left after it, and hands no vector to a method of ours.
 *   <li>The methods here that take or return vectors are for kernels that are nothing but one such loop.
 *   <li>What needs more steps has several loops, with a row or a stretch of numbers in the first cache between them.
 * </ul>
 */
public final class Memory {
    /** The vector shape of this machine: 16 floats with AVX-512, 8 with AVX2, 4 with NEON. */
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /** How many floats a vector holds. */
    static final int LANES = FLOATS.length();

    /** How many bytes a vector holds. */
    static final int VECTOR_BYTES = 4 * LANES;

    /** The whole address space; offsets in it are addresses. */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** The byte order of this machine. */
    static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private Memory() {}

    /** The address of element {@code index} of the floats (or 32-bit integers) at {@code address}. */
    static long at(long address, long index) {
        return address + 4 * index;
    }

    static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, NATIVE);
    }

    static FloatVector load(long address, VectorMask<Float> lanes) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, NATIVE, lanes);
    }

    static void store(long address, FloatVector vector) {
        vector.intoMemorySegment(ALL, address, NATIVE);
    }

    static void store(long address, FloatVector vector, VectorMask<Float> lanes) {
        vector.intoMemorySegment(ALL, address, NATIVE, lanes);
    }

    static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    /** The lanes of the last, incomplete vector of {@code count} elements of which {@code done} are done. */
    static VectorMask<Float> tail(int done, int count) {
        return FLOATS.indexInRange(done, count);
    }

    /** How many of {@code count} elements fill whole vectors. */
    static int whole(int count) {
        return count - count % LANES;
    }

    /** The float at {@code address}. */
    public static float get(long address) {
        return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
    }

    /** Writes the float at {@code address}. */
    public static void put(long address, float value) {
        ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
    }

    static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    static double getDouble(long address) {
        return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
    }

    static void putDouble(long address, double value) {
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
    }

    /** Writes {@code value} to {@code count} floats. */
    public static void fill(long address, float value, int count) {
        int whole = whole(count);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.broadcast(FLOATS, value).intoMemorySegment(ALL, address + 4L * i, NATIVE);
        }
        for (int i = whole; i < count; i++) {
            put(at(address, i), value);
        }
    }
}
