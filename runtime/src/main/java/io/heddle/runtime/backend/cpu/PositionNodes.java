package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.portable.PortableBackend;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.List;

/** Binds what depends on where a token stands. Tables of sines are kept for as long as positions stay the same. */
final class PositionNodes {
    private PositionNodes() {}

    static Kernel positions(BoundNode node) {
        Tensor offset = node.input(0);
        long out = node.output(0).address();
        int time = (int) node.output(0).elements();
        return () -> {
            int first = offset.index(0);
            for (int place = 0; place < time; place++) {
                RawMemory.writeIndex(out, place, first + place);
            }
        };
    }

    static Kernel sinusoid(BoundNode node, PortableBackend portable) {
        Tensor out = node.output(0);
        Tensor kept = Tensor.allocate(out.type(), out.shape());
        Positions positions = new Positions(node.input(0));
        Kernel compute = portable.kernel(
                new BoundNode(node.node(), node.inputs(), List.of(kept), Precision.FLOAT, node.sizes()));
        return () -> {
            if (positions.moved()) {
                compute.run();
            }
            RawMemory.copy(kept.address(), out.address(), out.bytes());
        };
    }

    static Kernel rotate(Op.Rotate op, BoundNode node, Shares shares) {
        Tensor x = node.input(0);
        int time = (int) x.size(1);
        int width = (int) x.size(2);
        int headWidth = width / op.getHeads();
        int half = headWidth / 2;
        Positions positions = new Positions(node.input(1));
        Tensor cosines = Tensor.allocate(x.type(), time, half);
        Tensor sines = Tensor.allocate(x.type(), time, half);
        Rotary.Rows rows = new Rotary.Rows(time, 0, width, op.getHeads(), headWidth, headWidth);
        Rotary pairs =
                switch (op.getPairs()) {
                    case Interleaved -> Rotary.INTERLEAVED;
                    case HalfSplit -> Rotary.HALVES;
                };
        RangeTask turn = turn(op, pairs, rows, x.address(), node.output(0).address(), cosines, sines);
        int count = (int) x.rows();
        return () -> {
            if (positions.moved()) {
                fill(positions, op, half, cosines.address(), sines.address());
            }
            shares.rows(count, width, turn);
        };
    }

    private static RangeTask turn(
            Op.Rotate op, Rotary pairs, Rotary.Rows rows, long x, long y, Tensor cosines, Tensor sines) {
        return switch (op.getDirection()) {
            case Forward ->
                    (from, to, worker) -> pairs.forward(x, y, cosines.address(), sines.address(), rows, from, to);
            case Backward ->
                    (from, to, worker) -> pairs.backward(x, y, cosines.address(), sines.address(), rows, from, to);
        };
    }

    private static void fill(Positions positions, Op.Rotate op, int half, long cosines, long sines) {
        for (int time = 0; time < positions.count(); time++) {
            for (int pair = 0; pair < half; pair++) {
                double frequency = 1 / Math.pow(op.getBase(), (double) pair / half);
                double angle = positions.at(time) * op.getScaling().slowed(frequency);
                long place = (long) time * half + pair;
                Memory.put(Memory.at(cosines, place), (float) Math.cos(angle));
                Memory.put(Memory.at(sines, place), (float) Math.sin(angle));
            }
        }
    }

    /** The positions that a table was made for. */
    private static final class Positions {
        private final Tensor now;
        private final int[] before;
        private boolean begun;

        Positions(Tensor now) {
            this.now = now;
            before = new int[(int) now.elements()];
        }

        int count() {
            return before.length;
        }

        int at(int time) {
            return before[time];
        }

        /** True when they are others than at the last call. */
        boolean moved() {
            boolean moved = !begun;
            for (int time = 0; time < before.length; time++) {
                int position = now.index(time);
                moved |= position != before[time];
                before[time] = position;
            }
            begun = true;
            return moved;
        }
    }
}
