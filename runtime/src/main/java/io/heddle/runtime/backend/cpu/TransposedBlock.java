package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.VECTOR_BYTES;
import static jdk.incubator.vector.IntVector.fromMemorySegment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Squares of numbers of 32 bits, as many rows of as many as a vector holds, with rows and columns exchanged.
 *
 * <p>In a step of distance d the rows r and r + d exchange two quarters of each square of 2 d: the numbers of r whose column has d in it
 * and those of r + d whose column has not. After d = half the rows, a fourth, and so on to 1, all is exchanged.
 */
final class TransposedBlock {
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

    /** For each distance, the greatest first, where the numbers of the upper row come from, and then those of the lower one. */
    private static final long ORDERS = orders();

    private TransposedBlock() {}

    private static long orders() {
        int steps = Integer.numberOfTrailingZeros(LANES);
        MemorySegment orders = Arena.global().allocate(2L * steps * VECTOR_BYTES, VECTOR_BYTES);
        long place = 0;
        for (int distance = LANES / 2; distance > 0; distance /= 2) {
            for (int lane = 0; lane < LANES; lane++) {
                boolean far = (lane & distance) != 0;
                orders.setAtIndex(ValueLayout.JAVA_INT, place + lane, far ? LANES + lane - distance : lane);
                orders.setAtIndex(ValueLayout.JAVA_INT, place + LANES + lane, far ? LANES + lane : lane + distance);
            }
            place += 2L * LANES;
        }
        return orders.address();
    }

    /**
     * Writes a square's columns as rows.
     *
     * @param stride numbers from one row of {@code from} to the next
     * @param work room for a square
     * @param strideTo numbers from one row of {@code to} to the next
     */
    static void write(long from, int stride, long work, long to, int strideTo) {
        long order = ORDERS;
        long source = from;
        long sourceStep = 4L * stride;
        for (int distance = LANES / 2; distance > 0; distance /= 2) {
            long target = distance == 1 ? to : work;
            long targetStep = distance == 1 ? 4L * strideTo : VECTOR_BYTES;
            exchange(source, sourceStep, target, targetStep, distance, order);
            order += 2L * VECTOR_BYTES;
            source = work;
            sourceStep = VECTOR_BYTES;
        }
    }

    private static void exchange(long from, long step, long to, long stepTo, int distance, long order) {
        IntVector first = fromMemorySegment(INTS, ALL, order, NATIVE);
        IntVector second = fromMemorySegment(INTS, ALL, order + VECTOR_BYTES, NATIVE);
        for (int pair = 0; pair < LANES / 2; pair++) {
            int row = pair + (pair & -distance);
            IntVector upper = fromMemorySegment(INTS, ALL, from + step * row, NATIVE);
            IntVector lower = fromMemorySegment(INTS, ALL, from + step * (row + distance), NATIVE);
            first.selectFrom(upper, lower).intoMemorySegment(ALL, to + stepTo * row, NATIVE);
            second.selectFrom(upper, lower).intoMemorySegment(ALL, to + stepTo * (row + distance), NATIVE);
        }
    }
}
