package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers in bfloat16, the upper half of a float, as weights are stored to be read only.
 *
 * <p>A vector of 32-bit integers holds two of them in each lane. Shifted up, the lower ones are floats; masked, the upper ones
 * are. So a row is multiplied by the even numbers of x and by its odd ones, which are taken apart once for all rows.
 */
final class Bfloat16 {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(
            short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    private static final int UPPER = 0xFFFF_0000;
    private static final int BITS = 16;
    private static final int ROWS_AT_ONCE = 4;

    /** Which number of a pair lies in the lower half of an integer. */
    private static final int LOWER = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1;

    private Bfloat16() {}

    /** The number at an address, as a float. */
    static float number(long address) {
        return Float.intBitsToFloat(ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address) << BITS);
    }

    private static long half(long address, long index) {
        return address + Short.BYTES * index;
    }

    /** Writes {@code count} of the numbers from {@code from} on as floats. */
    static void widen(long from, long to, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            ShortVector numbers = ShortVector.fromMemorySegment(SHORTS, ALL, half(from, i), NATIVE);
            IntVector bits = (IntVector) numbers.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
            Memory.store(at(to, i), lower(bits));
        }
        for (; i < count; i++) {
            put(at(to, i), number(half(from, i)));
        }
    }

    /**
     * y[r] = table[ids[r]] for the rows {@code [from, to)}.
     *
     * @throws IndexOutOfBoundsException if an id is negative, or not below {@code vocabulary}
     */
    static void embed(long table, long ids, long y, int vocabulary, int width, int from, int to) {
        for (int row = from; row < to; row++) {
            int id = Embedding.id(ids, row, vocabulary);
            widen(half(table, (long) id * width), at(y, (long) row * width), width);
        }
    }

    /** Whole pairs of vectors in {@code count} numbers. */
    private static int whole(int count) {
        return count - count % (2 * LANES);
    }

    /** Takes x apart: its even numbers to {@code parts}, and {@code count / 2} floats later its odd ones. */
    static void takeApart(long x, int count, long parts) {
        int half = whole(count) / 2;
        for (int i = 0; i < half; i++) {
            put(at(parts, i), get(at(x, 2L * i + LOWER)));
            put(at(parts, (long) half + i), get(at(x, 2L * i + 1 - LOWER)));
        }
    }

    /**
     * Computes the columns {@code [from, to)} of y = x W^T, for W {@code [columns, inner]} in bfloat16.
     *
     * @param parts of x, see {@link #takeApart}
     */
    static void multiply(int inner, long x, long parts, long weights, long y, int from, int to) {
        int row = from;
        for (; row + ROWS_AT_ONCE <= to; row += ROWS_AT_ONCE) {
            fourDots(inner, x, parts, half(weights, (long) row * inner), at(y, row));
        }
        for (; row < to; row++) {
            put(at(y, row), dot(inner, x, parts, half(weights, (long) row * inner)));
        }
    }

    private static void fourDots(int inner, long x, long parts, long row0, long y) {
        int half = whole(inner) / 2;
        long row1 = half(row0, inner);
        long row2 = half(row1, inner);
        long row3 = half(row2, inner);
        long odds = at(parts, half);
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int i = 0; i < half; i += LANES) {
            FloatVector even = load(at(parts, i));
            FloatVector odd = load(at(odds, i));
            IntVector pair = IntVector.fromMemorySegment(INTS, ALL, row0 + 4L * i, NATIVE);
            sum0 = lower(pair).fma(even, upper(pair).fma(odd, sum0));
            pair = IntVector.fromMemorySegment(INTS, ALL, row1 + 4L * i, NATIVE);
            sum1 = lower(pair).fma(even, upper(pair).fma(odd, sum1));
            pair = IntVector.fromMemorySegment(INTS, ALL, row2 + 4L * i, NATIVE);
            sum2 = lower(pair).fma(even, upper(pair).fma(odd, sum2));
            pair = IntVector.fromMemorySegment(INTS, ALL, row3 + 4L * i, NATIVE);
            sum3 = lower(pair).fma(even, upper(pair).fma(odd, sum3));
        }
        put(y, LaneSums.sum(sum0) + rest(inner, x, row0));
        put(at(y, 1), LaneSums.sum(sum1) + rest(inner, x, row1));
        put(at(y, 2), LaneSums.sum(sum2) + rest(inner, x, row2));
        put(at(y, 3), LaneSums.sum(sum3) + rest(inner, x, row3));
    }

    private static float dot(int inner, long x, long parts, long row) {
        int half = whole(inner) / 2;
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < half; i += LANES) {
            IntVector pair = IntVector.fromMemorySegment(INTS, ALL, row + 4L * i, NATIVE);
            sum = lower(pair).fma(load(at(parts, i)), upper(pair).fma(load(at(parts, (long) half + i)), sum));
        }
        return LaneSums.sum(sum) + rest(inner, x, row);
    }

    private static FloatVector lower(IntVector pair) {
        return pair.lanewise(VectorOperators.LSHL, BITS).reinterpretAsFloats();
    }

    private static FloatVector upper(IntVector pair) {
        return pair.and(UPPER).reinterpretAsFloats();
    }

    /** What whole vectors leave over. */
    private static float rest(int inner, long x, long row) {
        float sum = 0;
        for (int i = whole(inner); i < inner; i++) {
            sum += get(at(x, i)) * number(half(row, i));
        }
        return sum;
    }
}
