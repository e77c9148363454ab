package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.MaskHeads;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.Blocks;
import io.heddle.terms.Both;
import io.heddle.terms.Causal;
import io.heddle.terms.Either;
import io.heddle.terms.Everything;
import io.heddle.terms.Except;
import io.heddle.terms.Given;
import io.heddle.terms.Global;
import io.heddle.terms.Mask;
import io.heddle.terms.MaskView;
import io.heddle.terms.PerHead;
import io.heddle.terms.Random;
import io.heddle.terms.Self;
import io.heddle.terms.Sight;
import io.heddle.terms.Window;
import io.heddle.terms.Windows2d;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A mask as the kernels take it: how far a query sees back and ahead, and bytes {@code [query, key]} for what that cannot say, for
 * each head where heads look through different masks.
 *
 * <p>Everything, Causal, Self and Window without gaps, and what {@code and} makes of them, are reaches, which let kernels skip what is
 * hidden. Other parts of a mask are written out as bytes, again when the offset of the queries moves.
 */
final class BoundMask {
    private final List<Mask> others = new ArrayList<>();
    private final Tensor offset;
    private final Tensor allowed;
    private final int queries;
    private final int keys;
    private final int heads;

    /** How many masks are written out: one, or one for each head. */
    private final int written;
    private AttentionMask now;
    private boolean begun;

    /** The mask of an attention. */
    BoundMask(Mask mask, int heads, BoundNode node) {
        this.heads = heads;
        offset = node.input(4);
        queries = (int) node.input(0).size(1);
        keys = (int) node.input(1).size(1);
        now = AttentionMask.NONE.lengths(node.input(3).address());
        add(mask);
        written = others.stream().anyMatch(MaskHeads::differ) ? heads : 1;
        allowed = Tensor.allocate(DataType.INT8, others.isEmpty() ? 1 : (long) written * queries * keys);
        if (!others.isEmpty()) {
            now = now.allowing(allowed.address(), written == 1 ? 0 : (long) queries * keys);
        }
    }

    private void add(Mask mask) {
        switch (mask) {
            case Everything everything -> {}
            case Causal causal -> now = now.within(AttentionMask.UNLIMITED, 0);
            case Self self -> now = now.within(0, 0);
            case Window window when window.getDilation() == 1 ->
                    now = now.within(window.getReach(), window.getReach());
            case Both both -> {
                add(both.getFirst());
                add(both.getSecond());
            }
            case Window _,Either _,Except _,Global _,Random _,Blocks _,Windows2d _,Given _,PerHead _ ->
                    others.add(mask);
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
        for (int head = 0; head < written; head++) {
            MaskView view = new MaskView(keys, keys, head, heads, 0);
            for (int query = 0; query < queries; query++) {
                for (int key = 0; key < keys; key++) {
                    boolean sees = true;
                    for (int other = 0; sees && other < others.size(); other++) {
                        sees = others.get(other).sight(first + query, key, view) != Sight.Hidden;
                    }
                    long place = ((long) head * queries + query) * keys + key;
                    RawMemory.writeByte(allowed.address() + place, (byte) (sees ? 1 : 0));
                }
            }
        }
    }
}
