package io.heddle.runtime.parallel;

/** Work that falls into ranges which do not depend on one another. */
@FunctionalInterface
public interface RangeTask {
    /**
     * Does the part {@code [from, to)}, which is never empty.
     *
     * @param worker which worker runs it, from 0 up to the pool's size: an index for working memory
     */
    void run(int from, int to, int worker);
}
