package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;
import static io.heddle.runtime.backend.cpu.Memory.whole;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Sums, products and multiples of tensors of one shape, over the elements {@code [from, to)}. */
public final class Elementwise {
    private Elementwise() {}

    /** z = x + y. */
    public static void add(long x, long y, long z, int from, int to) {
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            store(at(z, i), load(at(x, i)).add(load(at(y, i))));
        }
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            store(at(z, end), load(at(x, end), lanes).add(load(at(y, end), lanes)), lanes);
        }
    }

    /** z = x y. */
    public static void multiply(long x, long y, long z, int from, int to) {
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            store(at(z, i), load(at(x, i)).mul(load(at(y, i))));
        }
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            store(at(z, end), load(at(x, end), lanes).mul(load(at(y, end), lanes)), lanes);
        }
    }

    /** y = factor x. */
    public static void scale(long x, float factor, long y, int from, int to) {
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            store(at(y, i), load(at(x, i)).mul(factor));
        }
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            store(at(y, end), load(at(x, end), lanes).mul(factor), lanes);
        }
    }

    /** y = 1 / x. */
    static void reciprocal(long x, long y, int from, int to) {
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            store(at(y, i), broadcast(1f).div(load(at(x, i))));
        }
        for (int i = end; i < to; i++) {
            Memory.put(at(y, i), 1f / Memory.get(at(x, i)));
        }
    }

    /** y = y + x. */
    public static void accumulate(long x, long y, int from, int to) {
        add(x, y, y, from, to);
    }

    /** y = y + factor x. */
    public static void accumulateScaled(long x, float factor, long y, int from, int to) {
        FloatVector factors = broadcast(factor);
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            store(at(y, i), load(at(x, i)).fma(factors, load(at(y, i))));
        }
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            store(at(y, end), load(at(x, end), lanes).fma(factors, load(at(y, end), lanes)), lanes);
        }
    }

    /** z = z + x y. */
    public static void accumulateProduct(long x, long y, long z, int from, int to) {
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            store(at(z, i), load(at(x, i)).fma(load(at(y, i)), load(at(z, i))));
        }
        if (end < to) {
            VectorMask<Float> lanes = tail(end, to);
            FloatVector sum = load(at(x, end), lanes).fma(load(at(y, end), lanes), load(at(z, end), lanes));
            store(at(z, end), sum, lanes);
        }
    }
}
