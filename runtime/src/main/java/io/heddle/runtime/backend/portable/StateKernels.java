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
