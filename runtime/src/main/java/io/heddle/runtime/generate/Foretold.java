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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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
     * The places of an answer.
     *
     * @param copied which position of its source each place is a copy of
     * @param logarithm of the probability that the classifier gives them
     * @param choices how many probabilities that is the product of: one of a length, or one of each fertility
     */
    record Places(List<Integer> copied, double logarithm, int choices) {
        /** Copies the positions. */
        Places {
            copied = List.copyOf(copied);
        }
    }

    /**
     * The places of the likeliest answers to a source, the likeliest first: always as many.
     *
     * @param scores of the classes, of each source or of each of its positions
     * @param first the row of these that the source begins at
     * @param positions those of the source
     */
    List<Places> likeliest(ScoreRows scores, int first, int positions) {
        return pooling == Pooling.Each
                ? fertile(positions, scores, first)
                : lengths(positions, scores.row(first));
    }

    /** Those of the lengths of the highest scores, the shorter of two alike first. */
    private List<Places> lengths(int positions, double[] scores) {
        double[] logarithms = LogProbabilities.of(scores);
        return IntStream.rangeClosed(1, longest)
                .boxed()
                .sorted(Comparator.comparingDouble(length -> -scores[length]))
                .limit(count)
                .map(length -> new Places(
                        IntStream.of(Fertilities.spread(positions, length)).boxed().toList(), logarithms[length], 1))
                .toList();
    }

    /** A fertility for each position, as a rank among its classes, and how much less likely that is than the likeliest. */
    private record Ranks(List<Integer> ranks, double loss) {}

    /** The likeliest fertilities of all positions together, best first; the last one again, where there are no more. */
    private List<Places> fertile(int positions, ScoreRows scores, int first) {
        List<double[]> logarithms = new ArrayList<>();
        List<int[]> order = new ArrayList<>();
        for (int position = 0; position < positions; position++) {
            double[] of = LogProbabilities.of(scores.row(first + position));
            logarithms.add(of);
            order.add(IntStream.range(0, of.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(fertility -> -of[fertility]))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        double likeliest = logarithms.stream()
                .mapToDouble(of -> DoubleStream.of(of).max().orElseThrow())
                .sum();
        List<Places> found = new ArrayList<>();
        PriorityQueue<Ranks> open = new PriorityQueue<>(Comparator.comparingDouble(Ranks::loss));
        Set<List<Integer>> known = new HashSet<>();
        Ranks likeliestOfAll = new Ranks(IntStream.range(0, positions).mapToObj(_ -> 0).toList(), 0);
        open.add(likeliestOfAll);
        known.add(likeliestOfAll.ranks());
        while (found.size() < count && !open.isEmpty()) {
            Ranks best = open.remove();
            found.add(new Places(copied(best.ranks(), order), likeliest - best.loss(), positions));
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
    private List<Integer> copied(List<Integer> ranks, List<int[]> order) {
        List<Integer> copied = IntStream.range(0, ranks.size())
                .flatMap(position -> IntStream.range(0, order.get(position)[ranks.get(position)]).map(_ -> position))
                .limit(longest)
                .boxed()
                .toList();
        return copied.isEmpty() ? List.of(ranks.size() - 1) : copied;
    }
}
