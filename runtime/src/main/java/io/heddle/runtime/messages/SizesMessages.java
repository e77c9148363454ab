package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What is told of the sizes that a graph is run with. */
public final class SizesMessages {
    private static final String MEND = "A size is a whole number from 1 on.";

    private SizesMessages() {}

    /** A symbol of the graph has no size. */
    public static Problem missing(String symbol, Map<String, Long> given, Collection<String> symbols) {
        return new Problem(
                "sizes",
                "no size is given for " + symbol,
                facts(given),
                "The graph needs a size for each of " + String.join(", ", symbols) + ".");
    }

    /** A size is not positive. */
    public static Problem empty(String symbol, long size) {
        return new Problem("sizes", leavesNothing(symbol, size), MEND);
    }

    /** A dim that is computed from sizes is not positive. */
    public static Problem empty(String path, String dim, long size, Map<String, Long> involved) {
        return new Problem(path, leavesNothing(dim, size), facts(involved), MEND);
    }

    private static String leavesNothing(String dim, long size) {
        return dim + " = " + size + " leaves nothing to compute";
    }

    private static List<Fact> facts(Map<String, Long> sizes) {
        return new TreeMap<>(sizes).entrySet().stream()
                .map(size -> new Fact(size.getKey(), Objects.toString(size.getValue())))
                .toList();
    }
}
