package io.heddle.runtime.profile;

import io.heddle.describe.Cost;
import io.heddle.graph.Node;
import io.heddle.runtime.program.NodeTime;
import io.heddle.runtime.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the time of a program goes.
 *
 * @param entries by node, in the order in which they run
 * @param nanoseconds of a whole run, the median
 * @param lastRun when each node of the last run began and ended
 */
public record Profile(List<Entry> entries, long nanoseconds, List<NodeTime> lastRun) {
    private static final int LEAST_WARM_RUNS = 3;
    private static final int WARM_RUNS = 300;
    private static final long WARM_NANOSECONDS = 3_000_000_000L;

    public Profile {
        entries = List.copyOf(entries);
        lastRun = List.copyOf(lastRun);
    }

    /**
     * What one node costs.
     *
     * @param nanoseconds the median over the runs
     * @param operations multiplications and additions, of products alone
     * @param bytes of all that it reads and makes
     */
    public record Entry(Node node, long nanoseconds, double operations, double bytes) {}

    /** Runs a program on arbitrary inputs until its kernels are compiled, and then this often. */
    public static Profile of(Program program, int runs) {
        ArbitraryInputs.set(program);
        long begun = System.nanoTime();
        for (int run = 0; run < WARM_RUNS; run++) {
            if (run >= LEAST_WARM_RUNS && System.nanoTime() - begun > WARM_NANOSECONDS) {
                break;
            }
            program.run();
        }
        List<List<NodeTime>> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            all.add(program.runTimed());
        }
        List<Entry> entries = new ArrayList<>();
        for (int place = 0; place < all.getFirst().size(); place++) {
            int at = place;
            all.getFirst().get(place).node().ifPresent(node -> entries.add(new Entry(
                    node, median(all.stream().mapToLong(times -> times.get(at).nanoseconds()).toArray()),
                    Cost.operations(node).evaluate(program.sizes().bindings()),
                    bytes(program, node))));
        }
        long whole = median(all.stream()
                .mapToLong(times -> times.getLast().ended() - times.getFirst().begun())
                .toArray());
        return new Profile(entries, whole, all.getLast());
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static double bytes(Program program, Node node) {
        return Stream.concat(node.getInputs().stream(), node.getOutputs().stream())
                .mapToDouble(value -> (double) Float.BYTES * program.sizes().elements(value))
                .sum();
    }
}
