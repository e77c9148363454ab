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
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;

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
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(
            short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    private static final int BITS = 16;
    private static final int UPPER = 0xffff_0000;

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
        return bits.lanewise(LSHL, BITS).reinterpretAsFloats();
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
     *
     * <p>A vector of W holds twice as many numbers as one of x: those at even places are its words shifted up, and those at odd
     * places its words without their lower half. So x is parted likewise first, which is little beside reading W.
     */
    static void multiply(int inner, long x, long weights, long y, int from, int to) {
        int whole = inner - inner % (2 * LANES);
        long parted = part(x, whole);
        int apart = (to - from) / STREAMS;
        long sums = Scratch.floats(Scratch.Use.ROW, (long) STREAMS * LANES);
        for (int row = from; row < from + apart; row++) {
            streams(whole, parted, half(weights, (long) row * inner), (long) Short.BYTES * inner * apart, sums);
            for (int stream = 0; stream < STREAMS; stream++) {
                finish(whole, inner, x, weights, row + stream * apart, at(sums, (long) stream * LANES), y);
            }
        }
        for (int row = from + STREAMS * apart; row < to; row++) {
            dot(whole, parted, half(weights, (long) row * inner), sums);
            finish(whole, inner, x, weights, row, sums, y);
        }
    }

    /** The numbers at even places of each two vectors, and then those at odd ones. */
    private static long part(long x, int whole) {
        long parted = Scratch.floats(Scratch.Use.ROUNDED, whole);
        for (int i = 0; i < whole; i += 2 * LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                put(at(parted, i + lane), get(at(x, i + 2L * lane)));
                put(at(parted, i + LANES + lane), get(at(x, i + 2L * lane + 1)));
            }
        }
        return parted;
    }

    private static void streams(int whole, long x, long row0, long apart, long sums) {
        long row1 = row0 + apart;
        long row2 = row1 + apart;
        long row3 = row2 + apart;
        FloatVector even0 = FloatVector.zero(FLOATS);
        FloatVector even1 = even0;
        FloatVector even2 = even0;
        FloatVector even3 = even0;
        FloatVector odd0 = even0;
        FloatVector odd1 = even0;
        FloatVector odd2 = even0;
        FloatVector odd3 = even0;
        for (int i = 0; i < whole; i += 2 * LANES) {
            FloatVector even = fromMemorySegment(FLOATS, ALL, x + 4L * i, NATIVE);
            FloatVector odd = fromMemorySegment(FLOATS, ALL, x + 4L * i + 4L * LANES, NATIVE);
            IntVector words0 = IntVector.fromMemorySegment(INTS, ALL, row0 + 2L * i, NATIVE);
            even0 = words0.lanewise(LSHL, BITS).reinterpretAsFloats().fma(even, even0);
            odd0 = words0.lanewise(AND, UPPER).reinterpretAsFloats().fma(odd, odd0);
            IntVector words1 = IntVector.fromMemorySegment(INTS, ALL, row1 + 2L * i, NATIVE);
            even1 = words1.lanewise(LSHL, BITS).reinterpretAsFloats().fma(even, even1);
            odd1 = words1.lanewise(AND, UPPER).reinterpretAsFloats().fma(odd, odd1);
            IntVector words2 = IntVector.fromMemorySegment(INTS, ALL, row2 + 2L * i, NATIVE);
            even2 = words2.lanewise(LSHL, BITS).reinterpretAsFloats().fma(even, even2);
            odd2 = words2.lanewise(AND, UPPER).reinterpretAsFloats().fma(odd, odd2);
            IntVector words3 = IntVector.fromMemorySegment(INTS, ALL, row3 + 2L * i, NATIVE);
            even3 = words3.lanewise(LSHL, BITS).reinterpretAsFloats().fma(even, even3);
            odd3 = words3.lanewise(AND, UPPER).reinterpretAsFloats().fma(odd, odd3);
        }
        even0.add(odd0).intoMemorySegment(ALL, sums, NATIVE);
        even1.add(odd1).intoMemorySegment(ALL, at(sums, LANES), NATIVE);
        even2.add(odd2).intoMemorySegment(ALL, at(sums, 2L * LANES), NATIVE);
        even3.add(odd3).intoMemorySegment(ALL, at(sums, 3L * LANES), NATIVE);
    }

    /** One row as {@link #streams} adds it up. */
    private static void dot(int whole, long x, long row, long sums) {
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = even;
        for (int i = 0; i < whole; i += 2 * LANES) {
            IntVector words = IntVector.fromMemorySegment(INTS, ALL, row + 2L * i, NATIVE);
            even = words.lanewise(LSHL, BITS).reinterpretAsFloats().fma(load(at(x, i)), even);
            odd = words.lanewise(AND, UPPER).reinterpretAsFloats().fma(load(at(x, i + LANES)), odd);
        }
        store(sums, even.add(odd));
    }

    private static void finish(int whole, int inner, long x, long weights, int row, long sums, long y) {
        float rest = rest(whole, inner, x, half(weights, (long) row * inner));
        put(at(y, row), LaneSums.sum(load(sums)) + rest);
    }

    /** What whole vectors leave over. */
    private static float rest(int whole, int inner, long x, long row) {
        float sum = 0;
        for (int i = whole; i < inner; i++) {
            sum += get(at(x, i)) * number(half(row, i));
        }
        return sum;
    }
}
