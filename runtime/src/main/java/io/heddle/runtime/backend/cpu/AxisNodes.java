package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.portable.PortableBackend;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;

/** Binds what repeats, sums or searches along one axis: {@code [before, size, after]}. */
final class AxisNodes {
    private AxisNodes() {}

    /** A number becomes a run of itself where the axis is the last, and a run of numbers as many of them elsewhere. */
    static Kernel repeat(Op.Repeat op, BoundNode node, Shares shares, PortableBackend portable) {
        Tensor x = node.input(0);
        Tensor out = node.output(0);
        if (out.type() != DataType.FLOAT) {
            return portable.kernel(node);
        }
        int size = (int) out.size(op.getAxis());
        int after = after(out, op.getAxis());
        int before = (int) (x.elements() / after);
        RangeTask task = after == 1
                ? (from, to, worker) -> {
                    for (int row = from; row < to; row++) {
                        Memory.fill(
                                Memory.at(out.address(), (long) row * size),
                                Memory.get(Memory.at(x.address(), row)),
                                size);
                    }
                }
                : (from, to, worker) -> {
                    for (int row = from; row < to; row++) {
                        long source = Memory.at(x.address(), (long) row * after);
                        long target = Memory.at(out.address(), (long) row * size * after);
                        for (int copy = 0; copy < size; copy++) {
                            RawMemory.copy(source, Memory.at(target, (long) copy * after), 4L * after);
                        }
                    }
                };
        return () -> shares.rows(before, Math.max(1, size * after), task);
    }

    /** Sums of rows where the axis is the last, and sums of rows of numbers elsewhere. */
    static Kernel sum(Op.Sum op, BoundNode node, Shares shares) {
        Tensor x = node.input(0);
        long out = node.output(0).address();
        int size = (int) x.size(op.getAxis());
        int after = after(x, op.getAxis());
        int before = (int) (node.output(0).elements() / after);
        RangeTask task = after == 1
                ? (from, to, worker) -> {
                    for (int row = from; row < to; row++) {
                        float sum = RowSums.sum(Memory.at(x.address(), (long) row * size), size);
                        Memory.put(Memory.at(out, row), sum);
                    }
                }
                : (from, to, worker) -> {
                    for (int row = from; row < to; row++) {
                        long target = Memory.at(out, (long) row * after);
                        long source = Memory.at(x.address(), (long) row * size * after);
                        Memory.fill(target, 0f, after);
                        for (int place = 0; place < size; place++) {
                            Elementwise.accumulate(Memory.at(source, (long) place * after), target, 0, after);
                        }
                    }
                };
        return () -> shares.rows(before, Math.max(1, size * after), task);
    }

    /** The largest number of each row, and where it stands: the first of equals. NaN is above every number. */
    static Kernel largest(BoundNode node, Shares shares) {
        Tensor x = node.input(0);
        long values = node.output(0).address();
        long places = node.output(1).address();
        int width = (int) x.size(-1);
        RangeTask task = (from, to, worker) -> {
            for (int row = from; row < to; row++) {
                long start = Memory.at(x.address(), (long) row * width);
                float largest = RowSums.max(start, width);
                int place = 0;
                while (!isSame(Memory.get(Memory.at(start, place)), largest)) {
                    place++;
                }
                Memory.put(Memory.at(values, row), Memory.get(Memory.at(start, place)));
                RawMemory.writeIndex(places, row, place);
            }
        };
        int rows = (int) x.rows();
        return () -> shares.rows(rows, width, task);
    }

    /** 0 and -0 are equal, and so are all that are no number. */
    private static boolean isSame(float number, float largest) {
        return number == largest || (Float.isNaN(number) && Float.isNaN(largest));
    }

    private static int after(Tensor tensor, int axis) {
        int after = 1;
        for (int other = axis + 1; other < tensor.rank(); other++) {
            after *= (int) tensor.size(other);
        }
        return after;
    }
}
