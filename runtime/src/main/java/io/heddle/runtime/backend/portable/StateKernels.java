package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;

/** What is kept from run to run, written in place. */
final class StateKernels {
    private StateKernels() {}

    static Kernel blend(double momentum, BoundNode node) {
        Reals state = new Reals(node.input(0));
        Reals fresh = new Reals(node.input(1));
        Reals out = new Reals(node.output(0));
        long count = node.output(0).elements();
        return () -> {
            for (long at = 0; at < count; at++) {
                out.set(at, (1 - momentum) * state.get(at) + momentum * fresh.get(at));
            }
        };
    }

    static Kernel correction(BoundNode node) {
        Reals x = new Reals(node.input(0));
        Reals y = new Reals(node.output(0));
        long count = node.output(0).elements();
        return () -> {
            for (long at = 0; at < count; at++) y.set(at, x.get(at));
        };
    }

    static Kernel correctionGradient(double momentum, BoundNode node) {
        Reals x = new Reals(node.input(0));
        Reals correction = new Reals(node.input(1));
        Reals real = new Reals(node.input(2));
        Reals dy = new Reals(node.input(3));
        Reals dx = new Reals(node.output(0));
        Reals next = new Reals(node.output(1));
        int width = (int) node.input(1).elements();
        long rows = node.input(0).elements() / width;
        return () -> {
            for (int at = 0; at < width; at++) {
                double now = correction.get(at);
                double count = 0;
                double squares = 0;
                double products = 0;
                for (long row = 0; row < rows; row++) {
                    double number = real.get(row) * x.get(row * width + at);
                    double slope = dy.get(row * width + at);
                    count += real.get(row);
                    squares += number * number;
                    products += number * slope;
                    dx.set(row * width + at, slope - now * number);
                }
                next.set(at, now * (1 - momentum * squares / count) + momentum * products / count);
            }
        };
    }

    static Kernel remember(BoundNode node) {
        Tensor state = node.input(0);
        Tensor fresh = node.input(1);
        Tensor out = node.output(0);
        long width = state.size(2) * state.type().width();
        long kept = state.size(1);
        long taken = Math.min(kept, fresh.size(1));
        return () -> {
            for (long batch = 0; batch < state.size(0); batch++) {
                long to = out.address() + batch * kept * width;
                // The rows that stay move up first; copies may overlap.
                RawMemory.copy(state.address() + (batch * kept + taken) * width, to, (kept - taken) * width);
                RawMemory.copy(
                        fresh.address() + ((batch + 1) * fresh.size(1) - taken) * width,
                        to + (kept - taken) * width,
                        taken * width);
            }
        };
    }
}
