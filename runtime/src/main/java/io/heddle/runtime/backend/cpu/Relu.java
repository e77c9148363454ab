package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * relu(x) = max(x, 0); its slope at 0 is 0. A NaN stays one.
 */
final class Relu {
    private Relu() {}

    static void forward(long x, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            store(at(y, i), value.max(0f));
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            FloatVector slope = broadcast(0f).blend(1f, value.compare(VectorOperators.GT, 0f));
            store(at(gradient, i), load(at(outputGradient, i)).mul(slope));
        }
    }
}
