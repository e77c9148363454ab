package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;

/**
 * gelu(x) = x F(x) with F the distribution function of the standard normal (Hendrycks and Gimpel, arXiv 1606.08415). Its
 * slope is F(x) + x f(x), f being the density.
 *
 * <p>Work goes in short stretches, each in two steps with e^(-x^2 / 2) between them: one loop with all of it exceeds what
 * the just-in-time compiler inlines, and then every vector becomes an object.
 */
final class Gelu {
    private static final int STRETCH = 512;

    /** 1 / sqrt(2 pi). */
    private static final float DENSITY_AT_ZERO = 0.3989423f;

    private Gelu() {}

    static void forward(long x, long y, int count) {
        long bells = Scratch.floats(Scratch.Use.ACTIVATION, STRETCH);
        for (int i = 0; i < count; i += STRETCH) {
            int length = Math.min(STRETCH, count - i);
            bells(at(x, i), bells, length);
            multiplyByDistribution(at(x, i), bells, at(y, i), length);
        }
    }

    static void backward(long x, long outputGradient, long gradient, int count) {
        long bells = Scratch.floats(Scratch.Use.ACTIVATION, STRETCH);
        for (int i = 0; i < count; i += STRETCH) {
            int length = Math.min(STRETCH, count - i);
            bells(at(x, i), bells, length);
            multiplyBySlope(at(x, i), bells, at(outputGradient, i), at(gradient, i), length);
        }
    }

    private static void bells(long x, long bells, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            store(at(bells, i), VectorMath.expOfNegative(value.mul(value).mul(-0.5f)));
        }
    }

    private static void multiplyByDistribution(long x, long bells, long y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            store(at(y, i), value.mul(VectorMath.normalDistribution(value, load(at(bells, i)))));
        }
    }

    private static void multiplyBySlope(long x, long bells, long outputGradient, long gradient, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = load(at(x, i));
            FloatVector bell = load(at(bells, i));
            FloatVector distribution = VectorMath.normalDistribution(value, bell);
            FloatVector slope = value.fma(bell.mul(DENSITY_AT_ZERO), distribution);
            store(at(gradient, i), load(at(outputGradient, i)).mul(slope));
        }
    }
}
