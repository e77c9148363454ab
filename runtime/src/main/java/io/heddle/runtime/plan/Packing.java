package io.heddle.runtime.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives places their offsets so that no two which are needed at the same time overlap.
 *
 * <p>Greedy by size: the largest place first, each in the smallest gap that is wide enough between the places already
 * settled whose time overlaps its own, or else after them all (Pisarchyk and Lee, arXiv 2001.03288, section 5.2). The total never
 * exceeds the sum of the places.
 */
final class Packing {
    private static final Comparator<Place> LARGEST_FIRST =
            Comparator.comparingLong(Place::bytes).reversed().thenComparingInt(Place::first);

    private Packing() {}

    /** Settles every place and returns how many bytes they take together. */
    static long pack(List<Place> places) {
        List<Place> order = new ArrayList<>(places);
        order.sort(LARGEST_FIRST);
        List<Place> settled = new ArrayList<>(); // by offset
        long total = 0;
        for (Place place : order) {
            place.settle(bestGap(place, settled));
            total = Math.max(total, place.offset() + place.bytes());
            int at = 0;
            while (at < settled.size() && settled.get(at).offset() <= place.offset()) {
                at++;
            }
            settled.add(at, place);
        }
        return total;
    }

    private static long bestGap(Place place, List<Place> settled) {
        long end = 0;
        long best = -1;
        long bestWidth = Long.MAX_VALUE;
        for (Place other : settled) {
            if (other.overlaps(place)) {
                long width = other.offset() - end;
                if (width >= place.bytes() && width < bestWidth) {
                    best = end;
                    bestWidth = width;
                }
                end = Math.max(end, other.offset() + other.bytes());
            }
        }
        return best >= 0 ? best : end;
    }
}
