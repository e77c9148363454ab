package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** e^(x - shift) over one row of any width: what softmax and cross entropy are made of. */
final class ExpRows {
    private static final int STRETCH = 512;

    private ExpRows() {}

    /** The sum of e^(x[j] - shift). */
    static float sum(long x, float shift, int width) {
        long powers = Scratch.floats(Scratch.Use.ACTIVATION, STRETCH);
        float sum = 0f;
        for (int j = 0; j < width; j += STRETCH) {
            sum += exp(at(x, j), shift, powers, Math.min(STRETCH, width - j));
        }
        return sum;
    }

    /** y[j] = e^(x[j] - shift); returns the sum. */
    static float exp(long x, float shift, long y, int width) {
        int whole = Memory.whole(width);
        float sum = 0f;
        // Once over whole vectors, and once over the rest: see Tail.
        for (int round = 0; round < Tail.rounds(width); round++) {
            long source = x;
            long target = y;
            int count = whole;
            if (round > 0) {
                source = Tail.buffer();
                target = source;
                count = LANES;
                Tail.take(at(x, whole), width - whole, Float.NEGATIVE_INFINITY, source);
            }
            sum += Exponential.apply(source, 1f, shift, target, count);
        }
        if (whole < width) {
            Tail.give(Tail.buffer(), at(y, whole), width - whole);
        }
        return sum;
    }

    /** y[j] = factor x[j] - rest. */
    static void affine(long x, float factor, float rest, long y, int width) {
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> lanes = FLOATS.indexInRange(j, width);
            FloatVector values = fromMemorySegment(FLOATS, ALL, x + 4L * j, NATIVE, lanes);
            values.mul(factor).sub(rest).intoMemorySegment(ALL, y + 4L * j, NATIVE, lanes);
        }
    }
}
