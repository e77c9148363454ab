package io.heddle.runtime.generate;

import io.heddle.model.Classify;
import io.heddle.runtime.data.Fertilities;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.terms.Pooling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The likeliest lengths of an answer, or how often each position of its source is copied, as a classifier foretells them. */
final class Foretold {
    private final Pooling pooling;
    private final int longest;
    private final int count;

    private Foretold(Pooling pooling, int longest, int count) {
        this.pooling = pooling;
        this.longest = longest;
        this.count = count;
    }

    /**
     * What a model foretells.
     *
     * @param longest answers have no more places
     * @param count how many are wanted; lengths are no more than the classifier knows
     */
    static Foretold of(ModelRoles roles, int longest, int count) {
        Classify head = roles.length().orElseThrow();
        boolean each = head.getPooling() == Pooling.Each;
        int most = each ? longest : Math.max(1, Math.min(longest, head.getClasses() - 1));
        return new Foretold(head.getPooling(), most, each ? count : Math.min(count, most));
    }

    /**
     * Which position of a source each place of an answer is a copy of, the likeliest answer first: always as many.
     *
     * @param scores of the classes, {@code [classes]} or {@code [positions, classes]}
     * @param positions those of the source
     */
    List<int[]> likeliest(INDArray scores, int positions) {
        return pooling == Pooling.Each
                ? fertile(positions, scores)
                : IntStream.of(lengths(scores.toDoubleVector()))
                        .mapToObj(length -> Fertilities.spread(positions, length))
                        .toList();
    }

    /** The lengths of the highest scores, the shorter of two alike first. */
    private int[] lengths(double[] scores) {
        return IntStream.rangeClosed(1, longest)
                .boxed()
                .sorted(Comparator.comparingDouble(length -> -scores[length]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A fertility for each position, as a rank among its classes, and how much less likely that is than the likeliest. */
    private record Ranks(List<Integer> ranks, double loss) {}

    /** The likeliest fertilities of all positions together, best first; the last one again, where there are no more. */
    private List<int[]> fertile(int positions, INDArray scores) {
        List<double[]> logarithms = new ArrayList<>();
        List<int[]> order = new ArrayList<>();
        for (int position = 0; position < positions; position++) {
            double[] of = LogProbabilities.of(scores.getRow(position).toDoubleVector());
            logarithms.add(of);
            order.add(IntStream.range(0, of.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(fertility -> -of[fertility]))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        List<int[]> found = new ArrayList<>();
        PriorityQueue<Ranks> open = new PriorityQueue<>(Comparator.comparingDouble(Ranks::loss));
        Set<List<Integer>> known = new HashSet<>();
        Ranks first = new Ranks(IntStream.range(0, positions).mapToObj(_ -> 0).toList(), 0);
        open.add(first);
        known.add(first.ranks());
        while (found.size() < count && !open.isEmpty()) {
            Ranks best = open.remove();
            found.add(places(best.ranks(), order));
            for (int position = 0; position < positions; position++) {
                int rank = best.ranks().get(position);
                double[] of = logarithms.get(position);
                if (rank + 1 < of.length) {
                    List<Integer> next = new ArrayList<>(best.ranks());
                    next.set(position, rank + 1);
                    int[] by = order.get(position);
                    if (known.add(next)) {
                        open.add(new Ranks(next, best.loss() + of[by[rank]] - of[by[rank + 1]]));
                    }
                }
            }
        }
        while (found.size() < count) {
            found.add(found.getLast());
        }
        return found;
    }

    /** Each position as often as its fertility says; the last one, where all say none. */
    private int[] places(List<Integer> ranks, List<int[]> order) {
        int[] places = IntStream.range(0, ranks.size())
                .flatMap(position -> IntStream.range(0, order.get(position)[ranks.get(position)]).map(_ -> position))
                .limit(longest)
                .toArray();
        return places.length > 0 ? places : new int[] {ranks.size() - 1};
    }
}
