package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.graph.TensorType;
import io.heddle.graph.Value;

/** Ops that work number by number. Where the right side was repeated, its gradient is summed over the repetitions. */
final class ElementwiseRules {
    private ElementwiseRules() {}

    /** {@code z = x + y: dx = dz, dy = dz summed to the shape of y}. */
    static void add(Adjoint at) {
        at.give(0, at.dy());
        if (at.wants(1)) {
            at.give(1, at.sumTo(rank(at.input(1)), at.dy()));
        }
    }

    /** {@code z = x * y: dx = dz * y, dy = x * dz summed to the shape of y}. */
    static void multiply(Adjoint at) {
        if (at.wants(0)) {
            at.give(0, at.add(Op.Multiply.INSTANCE, at.dy(), at.input(1)));
        }
        if (at.wants(1)) {
            Value product = at.add(Op.Multiply.INSTANCE, at.input(0), at.dy());
            at.give(1, at.sumTo(rank(at.input(1)), product));
        }
    }

    /** {@code z = factor * x: dx = factor * dz}. */
    static void scale(Adjoint at, Op.Scale scale) {
        at.give(0, at.add(scale, at.dy()));
    }

    /** {@code z = sum of x over its leading dims: dx = dz}, repeated over them. */
    static void sumLeading(Adjoint at) {
        TensorType type = at.input(0).getType();
        boolean repeated = rank(at.input(0)) > rank(at.dy());
        at.give(0, repeated ? at.add(Op.Add.INSTANCE, at.add(new Op.Constant(0.0, type)), at.dy()) : at.dy());
    }

    /** {@code z = f(x): dx = dz * f'(x)}. */
    static void activate(Adjoint at, Op.Activate activate) {
        at.give(0, at.add(new Op.ActivateGradient(activate.getActivation()), at.input(0), at.dy()));
    }

    /** {@code z = kept * x / (1 - rate): dx = kept * dz / (1 - rate)}: the same op, which keeps the same numbers. */
    static void dropout(Adjoint at, Op.Dropout dropout) {
        at.give(0, at.add(dropout, at.dy(), at.input(1)));
    }

    private static int rank(Value value) {
        return value.getType().getShape().getRank();
    }
}
