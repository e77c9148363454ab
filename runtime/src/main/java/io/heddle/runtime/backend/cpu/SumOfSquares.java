package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.tail;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of squares of many floats, in double precision: the square of a norm.
 *
 * <p>Floats are summed in chunks of a fixed size, and the chunks in order, so the sum has the same bits for any number of
 * workers.
 */
public final class SumOfSquares {
    private static final int CHUNK = 1 << 14;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    private SumOfSquares() {}

    /** How many chunks {@code count} floats make. */
    public static int chunks(int count) {
        return (count + CHUNK - 1) / CHUNK;
    }

    /** Writes the sums of the chunks {@code [from, to)} of {@code count} floats to {@code partials}, which are doubles. */
    public static void partials(long x, int count, long partials, int from, int to) {
        for (int chunk = from; chunk < to; chunk++) {
            int start = chunk * CHUNK;
            int length = Math.min(CHUNK, count - start);
            Memory.putDouble(partials + 8L * chunk, sum(at(x, start), length));
        }
    }

    /** The sum of {@code chunks} partial sums. */
    public static double total(long partials, int chunks) {
        double total = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            total += Memory.getDouble(partials + 8L * chunk);
        }
        return total;
    }

    private static double sum(long x, int count) {
        DoubleVector low = DoubleVector.zero(DOUBLES);
        DoubleVector high = low;
        int whole = Memory.whole(count);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector values = load(at(x, i));
            DoubleVector first = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector second = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 1);
            low = first.fma(first, low);
            high = second.fma(second, high);
        }
        if (whole < count) {
            FloatVector values = load(at(x, whole), tail(whole, count));
            DoubleVector first = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector second = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 1);
            low = first.fma(first, low);
            high = second.fma(second, high);
        }
        return LaneSums.sum(low.add(high));
    }
}
