package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;

/**
 * sigmoid(x) = 1 / (1 + e^-x); its slope is e / (1 + e)^2 with e = e^-|x|, which does not cancel on either side.
 */
final class Sigmoid {
    private Sigmoid() {}

    static void forward(long x, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            store(at(y, i), VectorMath.sigmoid(value));
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            FloatVector power = VectorMath.expOfNegative(value.abs().neg());
            FloatVector below = power.add(1f);
            FloatVector slope = power.div(below.mul(below));
            store(at(gradient, i), load(at(outputGradient, i)).mul(slope));
        }
    }
}
