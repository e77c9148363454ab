package io.heddle.runtime.exchange;

import java.util.List;

/** Whether the numbers of one shape can be taken for those of another, in their order. */
final class Shapes {
    private Shapes() {}

    /** Axes of one number do not count, and neighbours of {@code theirs} may be one axis of {@code ours}. */
    static boolean fit(List<Long> theirs, List<Long> ours) {
        int at = 0;
        for (long wanted : ours) {
            long joined = 1;
            while (at < theirs.size() && joined < wanted) {
                joined *= theirs.get(at++);
            }
            if (joined != wanted) {
                return false;
            }
        }
        return theirs.subList(at, theirs.size()).stream().allMatch(size -> size == 1);
    }
}
