package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;

/**
 * x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3): the approximation of gelu which GPT-2 and BERT's first code
 * use (arXiv 1606.08415, section 2). It is computed as x s with s = sigmoid(2 u), which is the same and does not cancel. Its
 * slope is s + x s (1 - s) 2 u'(x).
 */
final class GeluTanh {
    /** 2 sqrt(2 / pi). */
    private static final float TWICE_ROOT = 1.5957692f;

    private static final float CUBIC = 0.044715f;

    /** Beyond |x| = 20 the slope is 0 or 1 to the last bit, and on the left so is the value. */
    private static final float FLAT = 20f;

    private GeluTanh() {}

    static void forward(long x, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            FloatVector chord = value.mul(value).fma(broadcast(CUBIC * TWICE_ROOT), broadcast(TWICE_ROOT));
            store(at(y, i), value.max(-FLAT).mul(VectorMath.sigmoid(value.mul(chord))));
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            // Far out x^3 would overflow, where the slope has long been 0 or 1.
            FloatVector near = value.max(-FLAT).min(FLAT);
            FloatVector square = near.mul(near);
            FloatVector chord = square.fma(broadcast(CUBIC * TWICE_ROOT), broadcast(TWICE_ROOT));
            FloatVector rise = square.fma(broadcast(3f * CUBIC * TWICE_ROOT), broadcast(TWICE_ROOT));
            // 1 - s = e^-2u s, which unlike the difference does not cancel.
            FloatVector power = VectorMath.sigmoidPower(near.mul(chord));
            FloatVector sigmoid = broadcast(1f).div(power.add(1f));
            FloatVector bend = power.mul(sigmoid).mul(sigmoid);
            FloatVector slope = near.mul(bend).fma(rise, sigmoid);
            store(at(gradient, i), load(at(outputGradient, i)).mul(slope));
        }
    }
}
