package io.heddle.runtime.gradient;

import io.heddle.dims.Dim;
import io.heddle.graph.Direction;
import io.heddle.graph.Op;

/** Tables and positions: all linear, so each op's gradient is the op that goes the other way. */
final class TableRules {
    private TableRules() {}

    /** {@code y[i] = table[ids[i]]: dtable[r] = sum of dy[i] over ids[i] = r}. */
    static void embed(Adjoint at) {
        Dim rows = at.input(0).getType().getShape().get(0);
        at.give(0, at.add(new Op.EmbedGradient(rows), at.input(1), at.dy()));
    }

    /** {@code t[r] = sum of x[i] over ids[i] = r: dx[i] = dt[ids[i]]}. */
    static void embedGradient(Adjoint at) {
        at.give(1, at.add(Op.Embed.INSTANCE, at.dy(), at.input(0)));
    }

    /** {@code y = R x} with an orthogonal R: {@code dx = R^T dy}, turned back by the same angles. */
    static void rotate(Adjoint at, Op.Rotate rotate) {
        Direction back =
                switch (rotate.getDirection()) {
                    case Forward -> Direction.Backward;
                    case Backward -> Direction.Forward;
                };
        Op turned = new Op.Rotate(rotate.getHeads(), rotate.getBase(), rotate.getPairs(), rotate.getScaling(), back);
        at.give(0, at.add(turned, at.dy(), at.input(1)));
    }

    /** {@code y[b] = x[b, lengths[b] - 1]: dx} is dy there and zero elsewhere. */
    static void takeLast(Adjoint at) {
        Dim time = at.input(0).getType().getShape().get(1);
        at.give(0, at.add(new Op.PutLast(time), at.dy(), at.input(1)));
    }

    /** {@code y[b, lengths[b] - 1] = x[b]: dx[b] = dy[b, lengths[b] - 1]}. */
    static void putLast(Adjoint at) {
        at.give(0, at.add(Op.TakeLast.INSTANCE, at.dy(), at.input(1)));
    }
}
