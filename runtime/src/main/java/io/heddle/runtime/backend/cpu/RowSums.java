package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Reductions of one row to one number, each in a fixed order: lane by lane, then over the lanes. */
final class RowSums {
    private RowSums() {}

    static float sum(long x, int width) {
        // Two accumulators, because an addition takes as long as several can be started.
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            even = even.add(fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE));
            odd = odd.add(fromMemorySegment(FLOATS, ALL, x + 4L * (j + LANES), NATIVE));
        }
        for (int j = pairs; j < width; j += LANES) {
            even = even.add(fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE, FLOATS.indexInRange(j, width)));
        }
        return LaneSums.sum(even.add(odd));
    }

    static float sumOfSquares(long x, int width) {
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            FloatVector first = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE);
            FloatVector second = fromMemorySegment(FLOATS, ALL, x + 4L * (j + LANES), NATIVE);
            even = first.fma(first, even);
            odd = second.fma(second, odd);
        }
        for (int j = pairs; j < width; j += LANES) {
            FloatVector last = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE, FLOATS.indexInRange(j, width));
            even = last.fma(last, even);
        }
        return LaneSums.sum(even.add(odd));
    }

    static float sumOfSquaredDifferences(long x, float centre, int width) {
        FloatVector centres = FloatVector.broadcast(FLOATS, centre);
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = even;
        int pairs = width - width % (2 * LANES);
        for (int j = 0; j < pairs; j += 2 * LANES) {
            FloatVector first = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE).sub(centres);
            FloatVector second = fromMemorySegment(FLOATS, ALL, x + 4L * (j + LANES), NATIVE).sub(centres);
            even = first.fma(first, even);
            odd = second.fma(second, odd);
        }
        for (int j = pairs; j < width; j += LANES) {
            VectorMask<Float> lanes = FLOATS.indexInRange(j, width);
            FloatVector last = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE, lanes).sub(centres, lanes);
            even = last.fma(last, even);
        }
        return LaneSums.sum(even.add(odd));
    }

    /** The sum of (x - centre) y z. */
    static float sumOfProducts(long x, float centre, long y, long z, int width) {
        FloatVector centres = FloatVector.broadcast(FLOATS, centre);
        FloatVector sum = FloatVector.zero(FLOATS);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector left = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE).sub(centres);
            FloatVector right = fromMemorySegment(FLOATS, ALL, y + 4L * j, NATIVE);
            sum = left.fma(right.mul(fromMemorySegment(FLOATS, ALL, z + 4L * j, NATIVE)), sum);
        }
        if (whole < width) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, width);
            FloatVector left = fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes).sub(centres);
            FloatVector right = fromMemorySegment(FLOATS, ALL, y + 4L * whole, NATIVE, lanes);
            // Lanes past the end of y are 0, so what x holds there does not count.
            sum = left.fma(right.mul(fromMemorySegment(FLOATS, ALL, z + 4L * whole, NATIVE, lanes)), sum);
        }
        return LaneSums.sum(sum);
    }

    /** The largest of {@code width} floats; minus infinity for none, NaN if one is NaN. */
    static float max(long x, int width) {
        FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int whole = Memory.whole(width);
        for (int j = 0; j < whole; j += LANES) {
            largest = largest.max(fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE));
        }
        if (whole < width) {
            VectorMask<Float> lanes = FLOATS.indexInRange(whole, width);
            FloatVector last = fromMemorySegment(FLOATS, ALL, x + 4L * whole, NATIVE, lanes);
            largest = largest.lanewise(VectorOperators.MAX, last, lanes);
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }
}
