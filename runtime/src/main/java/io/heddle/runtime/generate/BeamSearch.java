package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the likeliest sequences side by side; the steps and the score are those of Hugging Face transformers 4.28
 * ({@code generation/beam_search.py}, {@code early_stopping = False}): of twice as many continuations as there are beams, those
 * that end become results when they are among the first {@code size}, and the search ends when no open beam can become better
 * than the worst result.
 */
final class BeamSearch {
    private static final Comparator<Continuation> LIKELIEST_FIRST = Comparator
            .comparingDouble(Continuation::logProbability)
            .reversed()
            .thenComparingInt(Continuation::beam)
            .thenComparingInt(Continuation::token);

    private final Decoding.Beam beam;
    private final OptionalInt end;
    private final int known;

    /** A sequence and the logarithm of its probability after the start. */
    private record Open(List<Integer> tokens, double logProbability) {}

    /** A beam continued by one token. */
    private record Continuation(int beam, int token, double logProbability) {}

    /**
     * A search.
     *
     * @param known how many tokens may be written: the ids below this
     */
    BeamSearch(Decoding.Beam beam, OptionalInt end, int known) {
        this.beam = beam;
        this.end = end;
        this.known = known;
    }

    /**
     * Finds the best sequence.
     *
     * @param session empty, with as many rows as there are beams
     * @param start the tokens that every sequence begins with
     * @param longest how many tokens a sequence may have, those of the start included
     * @param atLongest why a sequence that is so long ends
     */
    Written search(DecodingSession session, int[] start, int longest, Written.End atLongest) {
        List<Written> results = new ArrayList<>();
        List<Open> open = new ArrayList<>(List.of(new Open(Arrays.stream(start).boxed().toList(), 0)));
        int[][] reading = new int[beam.getSize()][];
        Arrays.fill(reading, start);
        while (open.getFirst().tokens().size() < longest) {
            List<Continuation> best = best(session, open, session.read(reading));
            List<Open> next = new ArrayList<>();
            int[] rows = new int[beam.getSize()];
            for (int rank = 0; rank < best.size() && next.size() < beam.getSize(); rank++) {
                Continuation continuation = best.get(rank);
                Open from = open.get(continuation.beam());
                if (end.isPresent() && continuation.token() == end.getAsInt()) {
                    if (rank < beam.getSize()) {
                        add(results, from.tokens(), continuation.logProbability(), Written.End.TOKEN);
                    }
                    continue;
                }
                rows[next.size()] = continuation.beam();
                reading[next.size()] = new int[] {continuation.token()};
                next.add(new Open(with(from.tokens(), continuation.token()), continuation.logProbability()));
            }
            if (isDone(results, best.getFirst(), open.getFirst().tokens().size() + 1)) {
                return results.getFirst();
            }
            fill(next, rows, reading);
            session.reorder(rows);
            open = next;
        }
        open.forEach(left -> add(results, left.tokens(), left.logProbability(), atLongest));
        return results.getFirst();
    }

    /** Fewer tokens than beams leave rows over: they repeat the last, and can never win against it. */
    private void fill(List<Open> next, int[] rows, int[][] reading) {
        while (next.size() < beam.getSize()) {
            int from = next.size() - 1;
            rows[next.size()] = rows[from];
            reading[next.size()] = reading[from];
            next.add(new Open(next.get(from).tokens(), Double.NEGATIVE_INFINITY));
        }
    }

    /** The likeliest continuations; of two alike the one of the earlier beam, then the lower token. */
    private List<Continuation> best(DecodingSession session, List<Open> open, INDArray logits) {
        int most = 2 * beam.getSize();
        PriorityQueue<Continuation> kept = new PriorityQueue<>(most + 1, LIKELIEST_FIRST.reversed());
        for (int row = 0; row < open.size(); row++) {
            double before = open.get(row).logProbability();
            double[] logarithms = LogProbabilities.of(session.writable(logits.getRow(row), row, known));
            for (int token = 0; token < logarithms.length; token++) {
                double logProbability = before + logarithms[token];
                if (kept.size() == most && logProbability <= kept.element().logProbability()) {
                    continue;
                }
                kept.add(new Continuation(row, token, logProbability));
                if (kept.size() > most) {
                    kept.remove();
                }
            }
        }
        return kept.stream().sorted(LIKELIEST_FIRST).toList();
    }

    private static List<Integer> with(List<Integer> tokens, int token) {
        List<Integer> more = new ArrayList<>(tokens);
        more.add(token);
        return more;
    }

    private void add(List<Written> results, List<Integer> tokens, double logProbability, Written.End why) {
        double score = score(logProbability, tokens.size());
        if (results.size() == beam.getSize() && score <= results.getLast().score()) {
            return;
        }
        List<Integer> whole = switch (why) {
            case TOKEN -> with(tokens, end.orElseThrow());
            case COUNT, POSITIONS -> tokens;
        };
        results.add(new Written(whole, score, why));
        results.sort(Comparator.comparingDouble(Written::score).reversed());
        if (results.size() > beam.getSize()) {
            results.removeLast();
        }
    }

    private double score(double logProbability, int length) {
        return logProbability / Math.pow(length, beam.getLengthPenalty());
    }

    private boolean isDone(List<Written> results, Continuation best, int length) {
        return results.size() == beam.getSize()
                && results.getLast().score() >= score(best.logProbability(), length);
    }
}
