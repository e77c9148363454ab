package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.Both;
import io.heddle.terms.Causal;
import io.heddle.terms.Either;
import io.heddle.terms.Everything;
import io.heddle.terms.Except;
import io.heddle.terms.Mask;
import io.heddle.terms.Self;
import io.heddle.terms.Window;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A mask as the kernels take it: how far a query sees back and ahead, and bytes {@code [query, key]} for what that cannot say.
 *
 * <p>Everything, Causal, Self and Window, and what {@code and} makes of them, are reaches, which let kernels skip what is
 * hidden. Other parts of a mask are written out as bytes, again when the offset of the queries moves.
 */
final class BoundMask {
    private final List<Mask> others = new ArrayList<>();
    private final Tensor offset;
    private final Tensor allowed;
    private final int queries;
    private final int keys;
    private AttentionMask now;
    private boolean begun;

    /** The mask of an attention. */
    BoundMask(Mask mask, BoundNode node) {
        offset = node.input(4);
        queries = (int) node.input(0).size(1);
        keys = (int) node.input(1).size(1);
        now = AttentionMask.NONE.lengths(node.input(3).address());
        add(mask);
        allowed = Tensor.allocate(DataType.INT8, others.isEmpty() ? 1 : (long) queries * keys);
        if (!others.isEmpty()) {
            now = now.allowing(allowed.address());
        }
    }

    private void add(Mask mask) {
        switch (mask) {
            case Everything everything -> {}
            case Causal causal -> now = now.within(AttentionMask.UNLIMITED, 0);
            case Self self -> now = now.within(0, 0);
            case Window window -> now = now.within(window.getReach(), window.getReach());
            case Both both -> {
                add(both.getFirst());
                add(both.getSecond());
            }
            case Either either -> others.add(either);
            case Except except -> others.add(except);
        }
    }

    /** The mask for the offset of the last {@link #move}. */
    AttentionMask now() {
        return now;
    }

    /** Follows the offset of the queries. */
    void move() {
        int first = offset.index(0);
        if (!begun || first != now.offset()) {
            begun = true;
            now = now.from(first);
            if (!others.isEmpty()) {
                write(first);
            }
        }
    }

    private void write(long first) {
        for (int query = 0; query < queries; query++) {
            for (int key = 0; key < keys; key++) {
                boolean sees = true;
                for (int other = 0; sees && other < others.size(); other++) {
                    sees = others.get(other).sees(first + query, key);
                }
                RawMemory.writeByte(allowed.address() + (long) query * keys + key, (byte) (sees ? 1 : 0));
            }
        }
    }
}
