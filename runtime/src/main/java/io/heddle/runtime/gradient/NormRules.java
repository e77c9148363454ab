package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.List;
import java.util.Optional;

/** Norms over the last dim; their saved statistics spare the backward pass a reduction. */
final class NormRules {
    private NormRules() {}

    /** {@code y = gain * (x - mean) * inverseDeviation + bias} (arXiv 1607.06450). */
    static void layerNorm(Adjoint at) {
        if (at.flowsThrough(1)) {
            layerNorm(at, at.input(0), at.wants(0), 1, at.output(1), at.output(2), at.dy())
                    .ifPresent(dx -> at.give(0, dx));
        }
    }

    /** {@code y = gain * x * inverseRoot} (arXiv 1910.07467). */
    static void rmsNorm(Adjoint at) {
        if (at.flowsThrough(1)) {
            rmsNorm(at, at.input(0), at.wants(0), 1, at.output(1), at.dy()).ifPresent(dx -> at.give(0, dx));
        }
    }

    /**
     * Gives gain and bias their gradients, and returns that of x where it or the gain's is wanted.
     *
     * <pre>
     *   n = (x - mean) * inverseDeviation    g = dy * gain
     *   dx = inverseDeviation * (g - mean(g) - n * mean(g * n))    dgain = sum(dy * n)    dbias = sum(dy)
     * </pre>
     *
     * @param gain which input is the gain; the bias, if there is one, is the next
     */
    static Optional<Value> layerNorm(
            Adjoint at, Value x, boolean wantsX, int gain, Value mean, Value inverseDeviation, Value dy) {
        if (at.wants(gain + 1)) {
            at.give(gain + 1, at.sumTo(1, dy));
        }
        if (!wantsX && !at.wants(gain)) {
            return Optional.empty();
        }
        List<Value> made =
                at.addAll(Op.LayerNormGradient.INSTANCE, x, at.input(gain), mean, inverseDeviation, dy);
        at.give(gain, made.get(1));
        return Optional.of(made.get(0));
    }

    /**
     * Gives the gain its gradient, and returns that of x.
     *
     * <pre>
     *   n = x * inverseRoot    g = dy * gain
     *   dx = inverseRoot * (g - n * mean(g * n))    dgain = sum(dy * n)
     * </pre>
     */
    static Optional<Value> rmsNorm(Adjoint at, Value x, boolean wantsX, int gain, Value inverseRoot, Value dy) {
        if (!wantsX && !at.wants(gain)) {
            return Optional.empty();
        }
        List<Value> made = at.addAll(Op.RmsNormGradient.INSTANCE, x, at.input(gain), inverseRoot, dy);
        at.give(gain, made.get(1));
        return Optional.of(made.get(0));
    }

    /** What a running mean stands in for is given back: {@code dx = dy - correction * x} (arXiv 2003.07845, algorithm 2). */
    static void correction(Adjoint at, Op.RunningCorrection correction) {
        Op op = new Op.RunningCorrectionGradient(correction.getMomentum());
        List<Value> made = at.addAll(op, at.input(0), at.kept(1), at.input(2), at.dy());
        at.give(0, made.getFirst());
        at.keep(1, made.getLast());
    }
}
