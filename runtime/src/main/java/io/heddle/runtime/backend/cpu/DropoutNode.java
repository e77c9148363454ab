package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.parallel.RangeTask;
import io.heddle.runtime.random.Streams;
import io.heddle.runtime.tensor.RawMemory;

/** Binds a dropout; {@link io.heddle.runtime.random.DropoutStream} says what it keeps. */
final class DropoutNode {
    private static final float STEPS = 0x1.0p24f;

    private DropoutNode() {}

    static Kernel of(Op.Dropout op, BoundNode node, Shares shares) {
        long x = node.input(0).address();
        long out = node.output(0).address();
        long randomness = node.input(1).address();
        int count = (int) node.input(0).elements();
        float rate = rate(op.getRate());
        long stream = Streams.stream(op.getStream());
        RangeTask task = (from, to, worker) ->
                Dropout.apply(x, out, seed(randomness), stream + step(randomness), rate, from, to);
        return () -> shares.numbers(count, task);
    }

    /** The rate in whole steps of the random numbers, so that the same ones are kept as in double. */
    static float rate(double rate) {
        return (float) Math.ceil(rate * STEPS) / STEPS;
    }

    /** The seed of the randomness at this address. */
    static long seed(long randomness) {
        return RawMemory.index(randomness, 0);
    }

    /** The step of the randomness at this address. */
    static long step(long randomness) {
        return RawMemory.index(randomness, 1);
    }
}
