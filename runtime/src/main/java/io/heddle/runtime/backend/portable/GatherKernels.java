package io.heddle.runtime.backend.portable;

import io.heddle.graph.FrameWindow;
import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;

/** Rows fetched from their places and summed back into them, by index or window by window; sums over an axis. */
final class GatherKernels {
    private GatherKernels() {}

    static Kernel gather(BoundNode node) {
        Tensor x = node.input(0);
        Tensor places = node.input(1);
        Tensor out = node.output(0);
        long rows = x.size(-2);
        long row = x.size(-1) * x.type().width();
        return () -> {
            IndexChecks.places(node.path(), places, rows);
            for (long at = 0; at < places.elements(); at++) {
                long to = out.address() + at * row;
                int place = places.index(at);
                if (place < 0) {
                    RawMemory.clear(to, row);
                } else {
                    RawMemory.copy(x.address() + (at / places.size(-1) * rows + place) * row, to, row);
                }
            }
        };
    }

    static Kernel scatter(BoundNode node) {
        Reals y = new Reals(node.input(0));
        Tensor places = node.input(1);
        Reals out = new Reals(node.output(0));
        long rows = node.output(0).size(-2);
        long width = node.output(0).size(-1);
        return () -> {
            IndexChecks.places(node.path(), places, rows);
            out.clear();
            for (long at = 0; at < places.elements(); at++) {
                int place = places.index(at);
                if (place >= 0) {
                    add(y, at * width, out, (at / places.size(-1) * rows + place) * width, width);
                }
            }
        };
    }

    static Kernel unfold(Op.Unfold op, BoundNode node) {
        Tensor x = node.input(0);
        Tensor out = node.output(0);
        long row = x.size(2) * x.type().width();
        return () -> eachWindowRow(op.getWindow(), x.size(1), out, (from, to) -> {
            if (from < 0) {
                RawMemory.clear(out.address() + to * row, row);
            } else {
                RawMemory.copy(x.address() + from * row, out.address() + to * row, row);
            }
        });
    }

    static Kernel fold(Op.Fold op, BoundNode node) {
        Reals y = new Reals(node.input(0));
        Reals out = new Reals(node.output(0));
        long width = node.output(0).size(2);
        return () -> {
            out.clear();
            eachWindowRow(op.getWindow(), node.output(0).size(1), node.input(0), (place, row) -> {
                if (place >= 0) {
                    add(y, row * width, out, place * width, width);
                }
            });
        };
    }

    private interface WindowRow {
        /** @param place the row of the sequences, or -1 outside of them; {@code row} that of the windows */
        void meet(long place, long row);
    }

    /** Goes through the rows of windows {@code [batch, frames, kernel * c]} over sequences of this many positions. */
    private static void eachWindowRow(FrameWindow window, long time, Tensor windows, WindowRow action) {
        long frames = windows.size(1);
        long row = 0;
        for (long batch = 0; batch < windows.size(0); batch++) {
            for (long frame = 0; frame < frames; frame++) {
                long first = frame * window.getStride() - window.getBefore();
                for (long place = first; place < first + window.getKernel(); place++) {
                    action.meet(place < 0 || place >= time ? -1 : batch * time + place, row);
                    row++;
                }
            }
        }
    }

    private static void add(Reals from, long start, Reals to, long target, long count) {
        for (long at = 0; at < count; at++) {
            to.add(target + at, from.get(start + at));
        }
    }

    static Kernel sum(Op.Sum op, BoundNode node) {
        Axis axis = Axis.of(node.input(0), op.getAxis());
        Reals x = new Reals(node.input(0));
        Reals out = new Reals(node.output(0));
        double[] sums = new double[Math.toIntExact(axis.after())];
        return () -> {
            for (long row = 0; row < axis.before(); row++) {
                Arrays.fill(sums, 0);
                for (long place = 0; place < axis.size(); place++) {
                    long from = (row * axis.size() + place) * sums.length;
                    for (int at = 0; at < sums.length; at++) {
                        sums[at] += x.get(from + at);
                    }
                }
                for (int at = 0; at < sums.length; at++) {
                    out.set(row * sums.length + at, sums[at]);
                }
            }
        };
    }
}
