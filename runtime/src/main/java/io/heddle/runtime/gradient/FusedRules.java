package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.graph.Value;
import java.util.Optional;

/** Ops that passes write: fusion comes before differentiation, so their gradients are fused as well. */
final class FusedRules {
    private FusedRules() {}

    /** {@code z = f(x + bias): dx = dz * f'(x + bias), dbias = sum(dx)}. */
    static void biasActivate(Adjoint at, Op.BiasActivate biasActivate) {
        Op gradient = new Op.BiasActivateGradient(biasActivate.getActivation());
        Value dx = at.add(gradient, at.input(0), at.input(1), at.dy());
        at.give(0, dx);
        if (at.wants(1)) {
            at.give(1, at.sumTo(1, dx));
        }
    }

    /** {@code sum = x + branch, y = LayerNorm(sum): dx = dbranch = dsum + LayerNorm's own gradient}. */
    static void addLayerNorm(Adjoint at) {
        if (at.flowsThrough(2)) {
            boolean wantsSum = at.wants(0) || at.wants(1);
            give(at, at.gradient(1).flatMap(dy -> NormRules.layerNorm(
                    at, at.output(0), wantsSum, 2, at.output(2), at.output(3), dy)));
        }
    }

    /** {@code sum = x + branch, y = RmsNorm(sum): dx = dbranch = dsum + RmsNorm's own gradient}. */
    static void addRmsNorm(Adjoint at) {
        if (at.flowsThrough(2)) {
            boolean wantsSum = at.wants(0) || at.wants(1);
            give(at, at.gradient(1)
                    .flatMap(dy -> NormRules.rmsNorm(at, at.output(0), wantsSum, 2, at.output(2), dy)));
        }
    }

    /** Gives x and branch the gradient of their sum: what came past the norm, and what came through it. */
    private static void give(Adjoint at, Optional<Value> throughNorm) {
        if (!at.wants(0) && !at.wants(1)) {
            return;
        }
        Optional<Value> pastNorm = at.gradient(0);
        Optional<Value> both = pastNorm.flatMap(
                past -> throughNorm.map(through -> at.add(Op.Add.INSTANCE, past, through)));
        both.or(() -> pastNorm).or(() -> throughNorm).ifPresent(sum -> {
            at.give(0, sum);
            at.give(1, sum);
        });
    }
}
