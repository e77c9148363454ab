package io.heddle.runtime.backend.portable;

import io.heddle.graph.Distance;
import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.IndexChecks;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;

/** Indices that follow from where things stand: distances of positions, sources spread over targets, slots of experts. */
final class DistanceKernels {
    /** Less than any step between two logarithms of whole numbers, more than what rounding takes from one. */
    private static final double ROUNDING = 1e-9;

    private DistanceKernels() {}

    private interface Between {
        long distance(long query, long key);
    }

    static Kernel distances(Op.Distances op, BoundNode node) {
        Tensor out = node.output(0);
        Between between =
                switch (op.getDistance()) {
                    case Distance.Plain _ -> (query, key) -> Math.abs(key - query);
                    case Distance.Buckets buckets -> (query, key) -> bucket(buckets, key - query);
                    case Distance.Clipped clipped ->
                            (query, key) -> Math.clamp(key - query, -clipped.getReach(), clipped.getReach())
                                    + clipped.getReach();
                    case Distance.Grid grid -> grid(grid.getSize(), node.size(grid.getColumns()));
                };
        return () -> {
            long offset = node.input(0).index(0);
            for (long query = 0; query < out.size(0); query++) {
                for (long key = 0; key < out.size(1); key++) {
                    int distance = Math.toIntExact(between.distance(offset + query, key));
                    RawMemory.writeIndex(out.address(), query * out.size(1) + key, distance);
                }
            }
        };
    }

    private static Between grid(long size, long columns) {
        return (query, key) -> {
            long rows = Math.clamp(query / columns - key / columns, 1 - size, size - 1);
            long sides = Math.clamp(query % columns - key % columns, 1 - size, size - 1);
            return (rows + size - 1) * (2 * size - 1) + sides + size - 1;
        };
    }

    private static long bucket(Distance.Buckets buckets, long distance) {
        int side = buckets.getBothSides() ? buckets.getCount() / 2 : buckets.getCount();
        long start = buckets.getBothSides() && distance > 0 ? side : 0;
        long far = buckets.getBothSides() ? Math.abs(distance) : Math.max(0, -distance);
        int exact = side / 2;
        if (far < exact) {
            return start + far;
        }
        double share = Math.log((double) far / exact) / Math.log((double) buckets.getFarthest() / exact);
        return start + Math.min(exact + (long) (share * (side - exact) + ROUNDING), side - 1);
    }

    static Kernel spread(BoundNode node) {
        Tensor sources = node.input(0);
        Tensor targets = node.input(1);
        Tensor out = node.output(0);
        long time = out.size(1);
        return () -> {
            IndexChecks.lengths(node.path(), targets, time);
            for (long batch = 0; batch < out.size(0); batch++) {
                int source = sources.index(batch);
                int target = targets.index(batch);
                for (long at = 0; at < time; at++) {
                    boolean real = at < target && source > 0;
                    double place = target < 2 ? 0 : (double) at * (source - 1) / (target - 1);
                    RawMemory.writeIndex(out.address(), batch * time + at, real ? (int) Math.rint(place) : -1);
                }
            }
        };
    }

    static Kernel dispatch(int experts, BoundNode node) {
        Tensor chosen = node.input(0);
        Tensor out = node.output(0);
        long choices = chosen.size(1);
        int[] taken = new int[experts];
        return () -> {
            IndexChecks.places(node.path(), chosen, experts);
            int capacity = node.input(1).index(0);
            Arrays.fill(taken, 0);
            for (long choice = 0; choice < choices; choice++) {
                for (long row = 0; row < chosen.size(0); row++) {
                    int expert = chosen.index(row * choices + choice);
                    int slot = -1;
                    if (expert >= 0 && taken[expert] < capacity) {
                        slot = Math.addExact(Math.multiplyExact(expert, capacity), taken[expert]);
                        taken[expert]++;
                    }
                    RawMemory.writeIndex(out.address(), row * choices + choice, slot);
                }
            }
        };
    }
}
