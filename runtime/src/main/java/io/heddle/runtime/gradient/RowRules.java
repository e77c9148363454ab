package io.heddle.runtime.gradient;

import io.heddle.dims.Dim;
import io.heddle.graph.Function;
import io.heddle.graph.Op;
import io.heddle.graph.Shape;
import io.heddle.graph.Value;

/** Ops on the numbers of a row, each row for itself. */
final class RowRules {
    private RowRules() {}

    /** {@code y = softmax(x): dx = y * (dy - sum(y * dy))}. */
    static void softmax(Adjoint at) {
        at.give(0, at.add(Op.SoftmaxGradient.INSTANCE, at.output(0), at.dy()));
    }

    /** {@code y = x - log(sum(exp(x))): dx = dy - exp(y) * sum(dy)}. */
    static void logSoftmax(Adjoint at) {
        Shape shape = at.input(0).getType().getShape();
        int last = shape.getRank() - 1;
        Value sums = at.add(new Op.Sum(last), at.dy());
        Value repeated = at.add(new Op.Repeat(last, shape.getLast()), sums);
        Value probabilities = at.add(new Op.Apply(Function.Exponential), at.output(0));
        Value share = at.add(Op.Multiply.INSTANCE, probabilities, repeated);
        at.give(0, at.add(Op.Add.INSTANCE, at.dy(), at.add(new Op.Scale(-1.0), share)));
    }

    /** The gradient of each of the largest goes to the place that it came from. */
    static void largest(Adjoint at) {
        if (!at.flowsThrough(1)) {
            return;
        }
        Shape x = at.input(0).getType().getShape();
        Shape ones = at.dy().getType().getShape().plus(Dim.of(1));
        Value numbers = at.add(new Op.Reshape(ones), at.dy());
        Value scattered = at.add(new Op.Scatter(x.getLast()), numbers, at.output(1));
        at.give(0, at.add(new Op.Reshape(x), scattered));
    }
}
