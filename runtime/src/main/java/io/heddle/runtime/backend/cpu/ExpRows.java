package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;
import static io.heddle.runtime.backend.cpu.Memory.whole;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** e^(x - shift) over one row, where no x is above the shift: the inner loops of softmax and cross entropy. */
final class ExpRows {
    private ExpRows() {}

    /** The sum of e^(x[j] - shift). */
    static float sum(long x, float shift, int width) {
        FloatVector sum = FloatVector.zero(Memory.FLOATS);
        FloatVector shifts = broadcast(shift);
        int whole = whole(width);
        for (int j = 0; j < whole; j += LANES) {
            sum = sum.add(VectorMath.expOfNegative(load(at(x, j)).sub(shifts)));
        }
        if (whole < width) {
            VectorMask<Float> lanes = tail(whole, width);
            FloatVector powers = VectorMath.expOfNegative(load(at(x, whole), lanes).sub(shifts));
            sum = sum.lanewise(VectorOperators.ADD, powers, lanes);
        }
        return LaneSums.sum(sum);
    }

    /** y[j] = e^(x[j] - shift); returns the sum. */
    static float exp(long x, float shift, long y, int width) {
        FloatVector sum = FloatVector.zero(Memory.FLOATS);
        FloatVector shifts = broadcast(shift);
        int whole = whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector powers = VectorMath.expOfNegative(load(at(x, j)).sub(shifts));
            store(at(y, j), powers);
            sum = sum.add(powers);
        }
        if (whole < width) {
            VectorMask<Float> lanes = tail(whole, width);
            FloatVector powers = VectorMath.expOfNegative(load(at(x, whole), lanes).sub(shifts));
            store(at(y, whole), powers, lanes);
            sum = sum.lanewise(VectorOperators.ADD, powers, lanes);
        }
        return LaneSums.sum(sum);
    }

    /** y[j] = factor e^(x[j] - shift) - rest. */
    static void scaled(long x, float shift, float factor, float rest, long y, int width) {
        FloatVector shifts = broadcast(shift);
        int whole = whole(width);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector powers = VectorMath.expOfNegative(load(at(x, j)).sub(shifts));
            store(at(y, j), powers.mul(factor).sub(rest));
        }
        if (whole < width) {
            VectorMask<Float> lanes = tail(whole, width);
            FloatVector powers = VectorMath.expOfNegative(load(at(x, whole), lanes).sub(shifts));
            store(at(y, whole), powers.mul(factor).sub(rest), lanes);
        }
    }

    /** y[j] = factor x[j] - rest. */
    static void affine(long x, float factor, float rest, long y, int width) {
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> lanes = tail(j, width);
            store(at(y, j), load(at(x, j), lanes).mul(factor).sub(rest), lanes);
        }
    }
}
