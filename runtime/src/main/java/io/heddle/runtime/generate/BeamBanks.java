package io.heddle.runtime.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The best continuations of a step: twice as many as there are beams.
 *
 * <p>Where words are required, these are joined by the best continuation of each beam and by those that bring it further with
 * what is required, and shared in banks by how many required tokens stand there, a place for each bank in turn, those first that
 * have come furthest: the dynamic beam allocation of Post and Vilar 2018 (arXiv 1804.06609, algorithm 1), whose cost does not
 * grow with the number of words.
 */
final class BeamBanks {
    private final int most;
    private final RequiredWords required;
    private final PriorityQueue<Place> best;
    private final Set<Place> furthering = new LinkedHashSet<>();
    private final Map<Integer, Source> sources = new HashMap<>();

    /** A beam and a token, and their rank. */
    private record Place(int beam, int token, double rank) {
        static final Comparator<Place> FIRST = Comparator.comparingDouble(Place::rank)
                .reversed()
                .thenComparingInt(Place::beam)
                .thenComparingInt(Place::token);
    }

    /** What continuations of a beam are made of. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Source(OpenBeam beam, double[] logarithms, double[] looked, int start) {}

    BeamBanks(int size, RequiredWords required) {
        most = 2 * size;
        this.required = required;
        best = new PriorityQueue<>(most + 1, Place.FIRST.reversed());
    }

    /** All continuations of a beam. */
    void add(int row, OpenBeam beam, double[] logarithms, double[] ranks, double[] looked, int start) {
        Source source = new Source(beam, logarithms, looked, start);
        sources.put(row, source);
        for (int token = 0; token < ranks.length; token++) {
            boolean late = best.size() == most && ranks[token] <= best.element().rank();
            if (!late && isPossible(source, token)) {
                best.add(new Place(row, token, ranks[token]));
                if (best.size() > most) {
                    best.remove();
                }
            }
        }
        if (!required.isEmpty()) {
            List<Integer> written = beam.tokens().subList(start, beam.tokens().size());
            List<Integer> further = new ArrayList<>(required.next(beam.progress(), written));
            further.add(IntStream.range(0, ranks.length)
                    .boxed()
                    .max(Comparator.comparingDouble(token -> ranks[token]))
                    .orElseThrow());
            further.stream()
                    .filter(token -> token < ranks.length && isPossible(source, token))
                    .forEach(token -> furthering.add(new Place(row, token, ranks[token])));
        }
    }

    private static boolean isPossible(Source source, int token) {
        return source.beam().logProbability() + source.logarithms()[token] > Double.NEGATIVE_INFINITY;
    }

    /** As many as there may be, in the order in which they are taken. */
    List<Continuation> best() {
        if (required.isEmpty()) {
            return best.stream().sorted(Place.FIRST).map(this::continuation).toList();
        }
        furthering.addAll(best);
        TreeMap<Integer, PriorityQueue<Continuation>> banks = new TreeMap<>(Comparator.reverseOrder());
        for (Place place : furthering) {
            Continuation continuation = continuation(place);
            int bank = required.written(continuation.longer().progress());
            banks.computeIfAbsent(bank, _ -> new PriorityQueue<>(Continuation.FIRST))
                    .add(continuation);
        }
        List<Continuation> kept = new ArrayList<>();
        while (kept.size() < most && !banks.isEmpty()) {
            for (PriorityQueue<Continuation> bank : banks.values()) {
                if (kept.size() < most) {
                    kept.add(bank.remove());
                }
            }
            banks.values().removeIf(PriorityQueue::isEmpty);
        }
        return kept;
    }

    private Continuation continuation(Place place) {
        Source source = sources.get(place.beam());
        double logProbability = source.beam().logProbability() + source.logarithms()[place.token()];
        OpenBeam longer =
                source.beam().with(place.token(), logProbability, source.looked(), required, source.start());
        return new Continuation(place.beam(), place.token(), place.rank(), longer);
    }
}
