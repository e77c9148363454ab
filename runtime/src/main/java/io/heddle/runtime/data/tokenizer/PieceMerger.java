package io.heddle.runtime.data.tokenizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/**
 * Merges neighbouring pieces, best score first, leftmost among equals.
 *
 * <p>llama2.c scans the whole text for every merge. Here a queue holds every pair that can be merged and links skip what
 * was merged away: the same merges in the same order, in n log n instead of n squared.
 */
final class PieceMerger {
    private static final int NONE = -1;
    private static final Comparator<Pair> BEST_FIRST = Comparator.comparing((Pair pair) -> -pair.score())
            .thenComparing(Pair::left);

    private final ScoredPieces pieces;
    private final int[] ids;
    private final int[] next;
    private final int[] previous;
    private final PriorityQueue<Pair> queue = new PriorityQueue<>(BEST_FIRST);

    /** Two neighbours that can be merged, with what they were when they were found. */
    private record Pair(float score, int left, int leftId, int rightId, int mergedId) {}

    private PieceMerger(ScoredPieces pieces, int[] ids) {
        this.pieces = pieces;
        this.ids = ids.clone();
        this.next = new int[ids.length];
        this.previous = new int[ids.length];
        for (int place = 0; place < ids.length; place++) {
            next[place] = place + 1 < ids.length ? place + 1 : NONE;
            previous[place] = place - 1;
        }
    }

    static int[] merge(ScoredPieces pieces, int[] ids) {
        return new PieceMerger(pieces, ids).run();
    }

    private int[] run() {
        for (int place = 0; place < ids.length; place++) {
            offer(place);
        }
        for (Pair best = queue.poll(); best != null; best = queue.poll()) {
            int right = ids[best.left()] == best.leftId() ? next[best.left()] : NONE;
            // A pair is stale when a merge beside it has since taken one of its two pieces.
            if (right != NONE && ids[right] == best.rightId()) {
                join(best, right);
            }
        }
        return Arrays.stream(ids).filter(id -> id != NONE).toArray();
    }

    private void join(Pair pair, int right) {
        int left = pair.left();
        ids[left] = pair.mergedId();
        ids[right] = NONE;
        next[left] = next[right];
        if (next[left] != NONE) {
            previous[next[left]] = left;
        }
        offer(left);
        offer(previous[left]);
    }

    private void offer(int left) {
        if (left == NONE || next[left] == NONE) {
            return;
        }
        int leftId = ids[left];
        int rightId = ids[next[left]];
        OptionalInt merged = pieces.merged(leftId, rightId);
        if (merged.isPresent()) {
            // Adding 0 makes -0.0 and 0.0 equal, as they are to C's comparison.
            float score = pieces.score(merged.getAsInt()) + 0.0f;
            queue.add(new Pair(score, left, leftId, rightId, merged.getAsInt()));
        }
    }
}
