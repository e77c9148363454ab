package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static io.heddle.runtime.backend.cpu.Memory.store;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers in bfloat16, the upper half of a float, as weights are stored to be read only: widened to 32 bits and shifted up they
 * are floats.
 */
final class Bfloat16 {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(
            short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    private static final int BITS = 16;

    /** As many as the compiler keeps in registers, see {@link Memory}. */
    private static final int STREAMS = 4;

    private Bfloat16() {}

    /** The number at an address, as a float. */
    static float number(long address) {
        return Float.intBitsToFloat(ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address) << BITS);
    }

    private static long half(long address, long index) {
        return address + Short.BYTES * index;
    }

    private static FloatVector vector(long address) {
        ShortVector numbers = ShortVector.fromMemorySegment(SHORTS, ALL, address, NATIVE);
        IntVector bits = (IntVector) numbers.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, BITS).reinterpretAsFloats();
    }

    /** Writes {@code count} of the numbers from {@code from} on as floats. */
    static void widen(long from, long to, int count) {
        int whole = Memory.whole(count);
        for (int i = 0; i < whole; i += LANES) {
            store(at(to, i), vector(half(from, i)));
        }
        for (int i = whole; i < count; i++) {
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

    /**
     * Computes the columns {@code [from, to)} of y = x W^T, for W {@code [columns, inner]} in bfloat16. Rows are read in
     * several places at once, as {@link Gemv} does.
     */
    static void multiply(int inner, long x, long weights, long y, int from, int to) {
        int apart = (to - from) / STREAMS;
        long sums = Scratch.floats(Scratch.Use.ROW, (long) STREAMS * LANES);
        for (int row = from; row < from + apart; row++) {
            streams(Memory.whole(inner), x, half(weights, (long) row * inner), (long) Short.BYTES * inner * apart,
                    sums);
            for (int stream = 0; stream < STREAMS; stream++) {
                int column = row + stream * apart;
                float sum = LaneSums.sum(load(at(sums, (long) stream * LANES)));
                put(at(y, column), sum + rest(inner, x, half(weights, (long) column * inner)));
            }
        }
        for (int row = from + STREAMS * apart; row < to; row++) {
            put(at(y, row), dot(inner, x, half(weights, (long) row * inner)));
        }
    }

    private static void streams(int count, long x, long row0, long apart, long sums) {
        long row1 = row0 + apart;
        long row2 = row1 + apart;
        long row3 = row2 + apart;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            sum0 = vector(half(row0, i)).fma(value, sum0);
            sum1 = vector(half(row1, i)).fma(value, sum1);
            sum2 = vector(half(row2, i)).fma(value, sum2);
            sum3 = vector(half(row3, i)).fma(value, sum3);
        }
        store(sums, sum0);
        store(at(sums, LANES), sum1);
        store(at(sums, 2L * LANES), sum2);
        store(at(sums, 3L * LANES), sum3);
    }

    private static float dot(int inner, long x, long row) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int whole = Memory.whole(inner);
        for (int i = 0; i < whole; i += LANES) {
            sum = vector(half(row, i)).fma(load(at(x, i)), sum);
        }
        return LaneSums.sum(sum) + rest(inner, x, row);
    }

    /** What whole vectors leave over. */
    private static float rest(int inner, long x, long row) {
        float sum = 0;
        for (int i = Memory.whole(inner); i < inner; i++) {
            sum += get(at(x, i)) * number(half(row, i));
        }
        return sum;
    }
}
