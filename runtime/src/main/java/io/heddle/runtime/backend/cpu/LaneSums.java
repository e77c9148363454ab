package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of a vector's lanes, in one order: halves onto each other until four lanes are left (two doubles), then those.
 *
 * <p>The Vector API's own {@code reduceLanes(ADD)} leaves the order open, and uses another one once it is compiled: the same
 * sum would have other bits after some hundred calls.
 */
final class LaneSums {
    private static final int MOST_LANES_AT_ONCE = 16;

    // Constants, because the just-in-time compiler turns a constant shuffle into one instruction.
    private static final VectorShuffle<Float> EIGHT = rotation(8);
    private static final VectorShuffle<Float> FOUR = rotation(4);

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShuffle<Double> FOUR_DOUBLES = VectorShuffle.iota(DOUBLES, 4, 1, true);
    private static final VectorShuffle<Double> TWO_DOUBLES = VectorShuffle.iota(DOUBLES, 2, 1, true);

    private LaneSums() {}

    private static VectorShuffle<Float> rotation(int lanes) {
        return VectorShuffle.iota(FLOATS, lanes, 1, true);
    }

    static float sum(FloatVector vector) {
        FloatVector sum = vector;
        for (int half = LANES / 2; half >= MOST_LANES_AT_ONCE; half /= 2) {
            sum = sum.add(sum.rearrange(rotation(half)));
        }
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(EIGHT));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(FOUR));
        }
        if (LANES >= 4) {
            return (sum.lane(0) + sum.lane(1)) + (sum.lane(2) + sum.lane(3));
        }
        return sum.lane(0) + sum.lane(1);
    }

    /** The largest lane; one that is NaN does not count, unless it is the first. */
    static float largest(FloatVector vector) {
        FloatVector largest = vector;
        for (int half = LANES / 2; half >= MOST_LANES_AT_ONCE; half /= 2) {
            FloatVector other = largest.rearrange(rotation(half));
            largest = largest.blend(other, other.compare(VectorOperators.GT, largest));
        }
        if (LANES >= 16) {
            FloatVector other = largest.rearrange(EIGHT);
            largest = largest.blend(other, other.compare(VectorOperators.GT, largest));
        }
        if (LANES >= 8) {
            FloatVector other = largest.rearrange(FOUR);
            largest = largest.blend(other, other.compare(VectorOperators.GT, largest));
        }
        float most = larger(largest.lane(0), largest.lane(1));
        return LANES >= 4 ? larger(most, larger(largest.lane(2), largest.lane(3))) : most;
    }

    private static float larger(float first, float second) {
        return second > first ? second : first;
    }

    static double sum(DoubleVector vector) {
        DoubleVector sum = vector;
        for (int half = DOUBLES.length() / 2; half >= MOST_LANES_AT_ONCE / 2; half /= 2) {
            sum = sum.add(sum.rearrange(VectorShuffle.iota(DOUBLES, half, 1, true)));
        }
        if (DOUBLES.length() >= 8) {
            sum = sum.add(sum.rearrange(FOUR_DOUBLES));
        }
        if (DOUBLES.length() >= 4) {
            sum = sum.add(sum.rearrange(TWO_DOUBLES));
        }
        return sum.lane(0) + sum.lane(1);
    }
}
