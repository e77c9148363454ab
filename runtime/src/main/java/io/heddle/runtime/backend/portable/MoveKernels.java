package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.List;

/** Numbers or indices moved along axes, in runs as long as they may be. */
final class MoveKernels {
    private MoveKernels() {}

    static Kernel reshape(BoundNode node) {
        Tensor x = node.input(0);
        Tensor out = node.output(0);
        return () -> {
            if (x.address() != out.address()) {
                RawMemory.copy(x.address(), out.address(), out.bytes());
            }
        };
    }

    static Kernel slice(Op.Slice op, BoundNode node) {
        Axis from = Axis.of(node.input(0), op.getAxis());
        Axis to = Axis.of(node.output(0), op.getAxis());
        long start = node.size(op.getStart());
        if (start < 0 || start + to.size() > from.size()) {
            throw new IllegalArgumentException("Entries " + start + " to " + (start + to.size() - 1) + " are not among "
                    + from.size() + ".");
        }
        return () -> copy(node.input(0), from, start, node.output(0), to, 0, to.size());
    }

    static Kernel pad(Op.Pad op, BoundNode node) {
        Axis from = Axis.of(node.input(0), op.getAxis());
        Tensor out = node.output(0);
        Axis to = Axis.of(out, op.getAxis());
        long before = node.size(op.getBefore());
        if (before < 0 || before + from.size() > to.size()) {
            throw new IllegalArgumentException(
                    from.size() + " entries after " + before + " do not fit " + to.size() + ".");
        }
        return () -> {
            RawMemory.clear(out.address(), out.bytes());
            copy(node.input(0), from, 0, out, to, before, from.size());
        };
    }

    static Kernel concat(Op.Concat op, BoundNode node) {
        Tensor out = node.output(0);
        Axis to = Axis.of(out, op.getAxis());
        return () -> {
            long start = 0;
            for (Tensor input : node.inputs()) {
                Axis from = Axis.of(input, op.getAxis());
                copy(input, from, 0, out, to, start, from.size());
                start += from.size();
            }
        };
    }

    static Kernel repeat(Op.Repeat op, BoundNode node) {
        Tensor x = node.input(0);
        Tensor out = node.output(0);
        Axis axis = Axis.of(out, op.getAxis());
        long run = axis.after() * x.type().width();
        return () -> {
            for (long row = 0; row < axis.before() * axis.size(); row++) {
                RawMemory.copy(x.address() + row / axis.size() * run, out.address() + row * run, run);
            }
        };
    }

    /** Copies {@code count} entries of an axis, from one place of it to another. */
    private static void copy(Tensor x, Axis from, long start, Tensor out, Axis to, long target, long count) {
        long entry = from.after() * x.type().width();
        for (long row = 0; row < from.before(); row++) {
            RawMemory.copy(
                    x.address() + (row * from.size() + start) * entry,
                    out.address() + (row * to.size() + target) * entry,
                    count * entry);
        }
    }

    static Kernel permute(Op.Permute op, BoundNode node) {
        Tensor x = node.input(0);
        Tensor out = node.output(0);
        List<Integer> order = op.getOrder();
        int moved = order.size();
        while (moved > 0 && order.get(moved - 1) == moved - 1) {
            moved--; // The last axes stay where they are: their numbers travel together.
        }
        int axes = moved;
        long run = x.type().width();
        for (int axis = axes; axis < order.size(); axis++) {
            run *= x.size(axis);
        }
        long bytes = run;
        long[] strides = new long[axes];
        for (int axis = 0; axis < axes; axis++) {
            strides[axis] = Axis.of(x, order.get(axis)).after() * x.type().width();
        }
        return () -> {
            for (long row = 0; row < out.bytes() / bytes; row++) {
                long rest = row;
                long from = x.address();
                for (int axis = axes - 1; axis >= 0; axis--) {
                    from += rest % out.size(axis) * strides[axis];
                    rest /= out.size(axis);
                }
                copyRun(from, out.address() + row * bytes, bytes);
            }
        };
    }

    private static void copyRun(long from, long to, long bytes) {
        if (bytes == Integer.BYTES) {
            RawMemory.writeIndex(to, 0, RawMemory.index(from, 0));
        } else {
            RawMemory.copy(from, to, bytes);
        }
    }
}
