package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.BoundNode;
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
import io.heddle.terms.MaskRows;
import io.heddle.terms.MaskView;
import io.heddle.terms.PerHead;
import io.heddle.terms.Random;
import io.heddle.terms.Self;
import io.heddle.terms.Window;
import io.heddle.terms.Windows2d;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A mask as the kernels take it: how far a query sees back and ahead, and tiles for what that cannot say, for each head where heads look
 * through different masks.
 *
 * <p>Everything, Causal, Self and Window without gaps, and what {@code and} makes of them, are reaches. Other parts of a mask are put in
 * tiles, again when the offset of the queries moves.
 */
final class BoundMask {
    private final List<Mask> others = new ArrayList<>();
    private final Tensor offset;
    private final int keys;
    private final int heads;
    private final Optional<MaskTiles> tiles;
    private AttentionMask now;
    private boolean begun;

    /** The mask of an attention. */
    BoundMask(Mask mask, int heads, BoundNode node) {
        this.heads = heads;
        offset = node.input(4);
        int queries = (int) node.input(0).size(1);
        keys = (int) node.input(1).size(1);
        now = AttentionMask.NONE.lengths(node.input(3).address());
        add(mask);
        tiles = others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new MaskTiles(others.stream().anyMatch(MaskRows::getDiffersByHead) ? heads : 1, queries, keys));
        tiles.ifPresent(hiding -> now = now.under(hiding));
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
            tiles.ifPresent(hiding -> hiding.write((head, query) -> seen(head, (long) first + query)));
        }
    }

    /** The keys that all parts which stand in tiles let a query see. */
    private BitSet seen(int head, long query) {
        MaskView view = new MaskView(keys, keys, head, heads, 0);
        BitSet all = MaskRows.seenKeys(others.getFirst(), query, view);
        others.stream().skip(1).forEach(other -> all.and(MaskRows.seenKeys(other, query, view)));
        return all;
    }
}
