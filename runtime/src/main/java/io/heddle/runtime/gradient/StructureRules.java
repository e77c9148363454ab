package io.heddle.runtime.gradient;

import io.heddle.dims.Dim;
import io.heddle.graph.Op;
import io.heddle.graph.Shape;
import io.heddle.graph.Value;
import java.util.Arrays;

/** Ops that move numbers: all linear, and each has another that moves them back. */
final class StructureRules {
    private StructureRules() {}

    /** {@code y = x} in another shape: {@code dx = dy} in x's. */
    static void reshape(Adjoint at) {
        at.give(0, at.add(new Op.Reshape(shape(at.input(0))), at.dy()));
    }

    /** The axes in the order that undoes the other. */
    static void permute(Adjoint at, Op.Permute permute) {
        Integer[] back = new Integer[permute.getOrder().size()];
        for (int axis = 0; axis < back.length; axis++) {
            back[permute.getOrder().get(axis)] = axis;
        }
        at.give(0, at.add(new Op.Permute(Arrays.asList(back)), at.dy()));
    }

    /** {@code y = x[start .. start + size]: dx} is dy there and zero elsewhere. */
    static void slice(Adjoint at, Op.Slice slice) {
        Dim after = size(at.input(0), slice.getAxis()).minus(slice.getStart()).minus(slice.getSize());
        at.give(0, at.add(new Op.Pad(slice.getAxis(), slice.getStart(), after), at.dy()));
    }

    /** {@code y = 0, x, 0: dx} is the middle of dy. */
    static void pad(Adjoint at, Op.Pad pad) {
        Dim size = size(at.input(0), pad.getAxis());
        at.give(0, at.add(new Op.Slice(pad.getAxis(), pad.getBefore(), size), at.dy()));
    }

    /** {@code y = x1, x2, ..}: each x has its own piece of dy. */
    static void concat(Adjoint at, Op.Concat concat) {
        Dim start = Dim.of(0);
        for (int input = 0; input < at.node().getInputs().size(); input++) {
            Dim size = size(at.input(input), concat.getAxis());
            if (at.wants(input)) {
                at.give(input, at.add(new Op.Slice(concat.getAxis(), start, size), at.dy()));
            }
            start = start.plus(size);
        }
    }

    /** {@code y} is x over and over: {@code dx = sum of dy} over the copies. */
    static void repeat(Adjoint at, Op.Repeat repeat) {
        at.give(0, at.add(new Op.Sum(repeat.getAxis()), at.dy()));
    }

    /** {@code y = sum of x} over an axis: {@code dx = dy}, repeated along it. */
    static void sum(Adjoint at, Op.Sum sum) {
        at.give(0, at.add(new Op.Repeat(sum.getAxis(), size(at.input(0), sum.getAxis())), at.dy()));
    }

    /** {@code y[i] = x[places[i]]: dx[r] = sum of dy[i] over places[i] = r}. */
    static void gather(Adjoint at) {
        Shape rows = shape(at.input(0));
        at.give(0, at.add(new Op.Scatter(rows.get(rows.getRank() - 2)), at.dy(), at.input(1)));
    }

    /** {@code y[r] = sum of x[i] over places[i] = r: dx[i] = dy[places[i]]}. */
    static void scatter(Adjoint at) {
        at.give(0, at.add(Op.Gather.INSTANCE, at.dy(), at.input(1)));
    }

    /** {@code y[i, j] = x[i * stride - before + j]: dx} is the sum of dy over all i and j of a place. */
    static void unfold(Adjoint at, Op.Unfold unfold) {
        at.give(0, at.add(new Op.Fold(unfold.getWindow(), size(at.input(0), 1)), at.dy()));
    }

    /** The other way round. */
    static void fold(Adjoint at, Op.Fold fold) {
        at.give(0, at.add(new Op.Unfold(fold.getWindow()), at.dy()));
    }

    private static Shape shape(Value value) {
        return value.getType().getShape();
    }

    private static Dim size(Value value, int axis) {
        return shape(value).get(axis);
    }
}
