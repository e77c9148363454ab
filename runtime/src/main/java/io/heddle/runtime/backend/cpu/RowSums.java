package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.tail;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Reductions of one row to one number, each in a fixed order: lane by lane, then over the lanes. */
final class RowSums {
    private RowSums() {}

    static float sum(long x, int width) {
        // Two accumulators, because an addition takes as long as several can be started.
        FloatVector even = FloatVector.zero(Memory.FLOATS);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            even = even.add(load(at(x, j)));
            odd = odd.add(load(at(x, j + LANES)));
        }
        for (int j = pairs; j < width; j += LANES) {
            even = even.add(load(at(x, j), tail(j, width)));
        }
        return LaneSums.sum(even.add(odd));
    }

    static float sumOfSquares(long x, int width) {
        FloatVector even = FloatVector.zero(Memory.FLOATS);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            FloatVector first = load(at(x, j));
            FloatVector second = load(at(x, j + LANES));
            even = first.fma(first, even);
            odd = second.fma(second, odd);
        }
        for (int j = pairs; j < width; j += LANES) {
            FloatVector last = load(at(x, j), tail(j, width));
            even = last.fma(last, even);
        }
        return LaneSums.sum(even.add(odd));
    }

    static float sumOfSquaredDifferences(long x, float centre, int width) {
        FloatVector centres = broadcast(centre);
        FloatVector even = FloatVector.zero(Memory.FLOATS);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            FloatVector first = load(at(x, j)).sub(centres);
            FloatVector second = load(at(x, j + LANES)).sub(centres);
            even = first.fma(first, even);
            odd = second.fma(second, odd);
        }
        for (int j = pairs; j < width; j += LANES) {
            VectorMask<Float> lanes = tail(j, width);
            FloatVector last = load(at(x, j), lanes).sub(centres, lanes);
            even = last.fma(last, even);
        }
        return LaneSums.sum(even.add(odd));
    }

    /** The largest of {@code width} floats; minus infinity for none, NaN if one is NaN. */
    static float max(long x, int width) {
        FloatVector even = broadcast(Float.NEGATIVE_INFINITY);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            even = even.max(load(at(x, j)));
            odd = odd.max(load(at(x, j + LANES)));
        }
        for (int j = pairs; j < width; j += LANES) {
            VectorMask<Float> lanes = tail(j, width);
            even = even.lanewise(VectorOperators.MAX, load(at(x, j), lanes), lanes);
        }
        return even.max(odd).reduceLanes(VectorOperators.MAX);
    }
}
