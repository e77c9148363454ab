package io.heddle.runtime.backend.portable;

import io.heddle.graph.Function;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number, and whole numbers as real ones and back. */
final class FunctionKernels {
    private FunctionKernels() {}

    static Kernel apply(Function function, BoundNode node) {
        Reals x = new Reals(node.input(0));
        Reals out = new Reals(node.output(0));
        long count = node.output(0).elements();
        DoubleUnaryOperator formula =
                switch (function) {
                    case Exponential -> Math::exp;
                    case Logarithm -> Math::log;
                    case Reciprocal -> number -> 1 / number;
                    case Root -> Math::sqrt;
                    case Absolute -> Math::abs;
                    case Held -> number -> number;
                };
        return () -> {
            for (long at = 0; at < count; at++) {
                out.set(at, formula.applyAsDouble(x.get(at)));
            }
        };
    }

    static Kernel real(BoundNode node) {
        Tensor x = node.input(0);
        Reals out = new Reals(node.output(0));
        return () -> {
            for (long at = 0; at < x.elements(); at++) {
                out.set(at, x.index(at));
            }
        };
    }

    static Kernel whole(BoundNode node) {
        Reals x = new Reals(node.input(0));
        Tensor out = node.output(0);
        return () -> {
            for (long at = 0; at < out.elements(); at++) {
                RawMemory.writeIndex(out.address(), at, (int) Math.rint(x.get(at)));
            }
        };
    }
}
