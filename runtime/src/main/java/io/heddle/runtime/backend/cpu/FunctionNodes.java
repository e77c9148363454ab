package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Function;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.portable.PortableBackend;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.tensor.RawMemory;

/** Binds functions of one number; the rare ones are left to plain loops. */
final class FunctionNodes {
    private FunctionNodes() {}

    static Kernel apply(Function function, BoundNode node, Shares shares, PortableBackend portable) {
        long x = node.input(0).address();
        long y = node.output(0).address();
        int count = (int) node.output(0).elements();
        return switch (function) {
            case Exponential -> shared(shares, count,
                    (from, to, worker) -> ExpRows.exp(Memory.at(x, from), 0f, Memory.at(y, from), to - from));
            case Reciprocal -> shared(shares, count, (from, to, worker) -> Elementwise.reciprocal(x, y, from, to));
            case Held -> () -> {
                if (x != y) {
                    RawMemory.copy(x, y, node.output(0).bytes());
                }
            };
            case Logarithm, Root, Absolute -> portable.kernel(node);
        };
    }

    private static Kernel shared(Shares shares, int count, RangeTask task) {
        return () -> shares.numbers(count, task);
    }
}
