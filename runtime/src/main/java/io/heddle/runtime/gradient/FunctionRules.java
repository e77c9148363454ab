package io.heddle.runtime.gradient;

import io.heddle.graph.Function;
import io.heddle.graph.Op;
import io.heddle.graph.Value;
import io.heddle.terms.Relu;

/** Functions of one number, by what they gave where that is the shorter way. */
final class FunctionRules {
    private FunctionRules() {}

    /**
     * The gradient of {@code y = f(x)}.
     *
     * <pre>
     *   exp    dx = y dy             1 / x   dx = -y^2 dy
     *   log    dx = dy / x           |x|     dx = dy where x > 0, -dy where x < 0
     *   root   dx = dy / (2 y)         held    none
     * </pre>
     */
    static void apply(Adjoint at, Function function) {
        if (function != Function.Held) {
            at.give(0, gradient(at, function));
        }
    }

    private static Value gradient(Adjoint at, Function function) {
        Value x = at.input(0);
        Value y = at.output(0);
        Value dy = at.dy();
        return switch (function) {
            case Exponential -> times(at, dy, y);
            case Logarithm -> times(at, dy, at.add(new Op.Apply(Function.Reciprocal), x));
            case Reciprocal -> scaled(at, -1.0, times(at, dy, times(at, y, y)));
            case Root -> scaled(at, 0.5, times(at, dy, at.add(new Op.Apply(Function.Reciprocal), y)));
            case Absolute -> {
                Value above = above(at, x, dy);
                Value below = above(at, scaled(at, -1.0, x), dy);
                yield at.add(Op.Add.INSTANCE, above, scaled(at, -1.0, below));
            }
            case Held -> throw new IllegalStateException("What is held has no gradient.");
        };
    }

    /** {@code dy} where x is above 0, and 0 elsewhere. */
    private static Value above(Adjoint at, Value x, Value dy) {
        return at.add(new Op.ActivateGradient(Relu.INSTANCE), x, dy);
    }

    private static Value times(Adjoint at, Value left, Value right) {
        return at.add(Op.Multiply.INSTANCE, left, right);
    }

    private static Value scaled(Adjoint at, double factor, Value x) {
        return at.add(new Op.Scale(factor), x);
    }
}
