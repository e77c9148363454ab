package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;

/**
 * x sigmoid(steepness x): silu for steepness 1 (Elfwing et al., arXiv 1702.03118; swish of arXiv 1710.05941) and quick gelu
 * for 1.702 (arXiv 1606.08415, as CLIP uses it). Its slope is s + x steepness s (1 - s).
 */
final class Swish {
    /** Where sigmoid(-x) is 0 to a float, however large the x it is multiplied by. */
    private static final float FLAT = 100f;

    private Swish() {}

    static void forward(long x, long y, int count, float steepness) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            FloatVector sigmoid = VectorMath.sigmoid(value.mul(steepness));
            store(at(y, i), value.max(-FLAT).mul(sigmoid));
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count, float steepness) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            FloatVector scaled = value.mul(steepness).max(-FLAT).min(FLAT);
            // 1 - s = e^-scaled s, which unlike the difference does not cancel.
            FloatVector power = VectorMath.sigmoidPower(scaled);
            FloatVector sigmoid = broadcast(1f).div(power.add(1f));
            FloatVector slope = scaled.mul(power.mul(sigmoid)).fma(sigmoid, sigmoid);
            store(at(gradient, i), load(at(outputGradient, i)).mul(slope));
        }
    }
}
