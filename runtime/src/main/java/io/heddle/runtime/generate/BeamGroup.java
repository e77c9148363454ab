package io.heddle.runtime.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/**
 * Sequences that are searched together, and those that have ended; the steps and the score are those of Hugging Face
 * transformers 4.28 ({@code generation/beam_search.py}, {@code early_stopping = False}): of twice as many continuations as there
 * are beams, those that end become results when they are among the first {@code size}, and the search ends when no open beam can
 * become better than the worst result.
 */
final class BeamGroup {
    private static final Comparator<Continuation> FIRST = Comparator.comparingDouble(Continuation::rank)
            .reversed()
            .thenComparingInt(Continuation::beam)
            .thenComparingInt(Continuation::token);

    private final int size;
    private final double lengthPenalty;
    private final OptionalInt end;
    private final TokenRules rules;
    private final int start;

    private final List<Written> results = new ArrayList<>();
    private List<Open> open;
    private boolean done = false;

    /** A sequence and the logarithm of its probability after the start. */
    private record Open(List<Integer> tokens, double logProbability) {}

    /**
     * A beam continued by one token.
     *
     * @param rank what it is chosen by: its probability, less where others have chosen the token
     */
    private record Continuation(int beam, int token, double logProbability, double rank) {}

    BeamGroup(int size, double lengthPenalty, OptionalInt end, TokenRules rules, int[] start) {
        this.size = size;
        this.lengthPenalty = lengthPenalty;
        this.end = end;
        this.rules = rules;
        this.start = start.length;
        open = List.of(new Open(Arrays.stream(start).boxed().toList(), 0));
    }

    /** Whether no open beam can become better than the results. */
    boolean isDone() {
        return done;
    }

    /** The tokens of a beam that goes on; beams that are over repeat the last. */
    List<Integer> tokens(int beam) {
        return open.get(Math.min(beam, open.size() - 1)).tokens();
    }

    /** How many tokens its open sequences have. */
    int length() {
        return open.getFirst().tokens().size();
    }

    /**
     * Goes on by a token.
     *
     * @param logits by beam
     * @param chosen how often groups before this one chose each token at this step; what this one chooses is added
     * @param diversity what each time costs
     * @return which beam each beam goes on from
     */
    int[] step(double[][] logits, Map<Integer, Integer> chosen, double diversity) {
        List<Continuation> best = best(logits, chosen, diversity);
        if (best.isEmpty() && results.isEmpty()) {
            throw TokenRules.nothingLeft(length() - start);
        }
        List<Open> next = new ArrayList<>();
        int[] from = new int[size];
        for (int place = 0; place < best.size() && next.size() < size; place++) {
            Continuation continuation = best.get(place);
            List<Integer> tokens = with(open.get(continuation.beam()).tokens(), continuation.token());
            boolean ends = end.isPresent() && continuation.token() == end.getAsInt();
            if (ends || rules.stop(tokens, start)) {
                if (place < size) {
                    add(tokens, tokens.size() - (ends ? 1 : 0), continuation.logProbability(),
                            ends ? Written.End.TOKEN : Written.End.STOP);
                }
                continue;
            }
            from[next.size()] = continuation.beam();
            next.add(new Open(tokens, continuation.logProbability()));
        }
        double highest = best.stream()
                .mapToDouble(Continuation::logProbability)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        done = next.isEmpty()
                || (results.size() == size && results.getLast().score() >= score(highest, length() + 1));
        if (!done) {
            next.forEach(beam -> chosen.merge(beam.tokens().getLast(), 1, Integer::sum));
            // Fewer tokens than beams leave rows over: they repeat the last, and can never win against it.
            while (next.size() < size) {
                from[next.size()] = from[next.size() - 1];
                next.add(new Open(next.getLast().tokens(), Double.NEGATIVE_INFINITY));
            }
            open = next;
        }
        return from;
    }

    /** The first by rank; of two alike the one of the earlier beam, then the lower token. */
    private List<Continuation> best(double[][] logits, Map<Integer, Integer> chosen, double diversity) {
        int most = 2 * size;
        PriorityQueue<Continuation> kept = new PriorityQueue<>(most + 1, FIRST.reversed());
        for (int row = 0; row < open.size(); row++) {
            Open beam = open.get(row);
            double[] logarithms = LogProbabilities.of(logits[row]);
            rules.apply(logarithms, beam.tokens(), start);
            for (int token = 0; token < logarithms.length; token++) {
                double logProbability = beam.logProbability() + logarithms[token];
                double rank = logProbability - diversity * chosen.getOrDefault(token, 0);
                boolean late = kept.size() == most && rank <= kept.element().rank();
                if (late || logProbability == Double.NEGATIVE_INFINITY) {
                    continue;
                }
                kept.add(new Continuation(row, token, logProbability, rank));
                if (kept.size() > most) {
                    kept.remove();
                }
            }
        }
        return kept.stream().sorted(FIRST).toList();
    }

    /** Those that are still open become results, where they are good enough. */
    List<Written> results(Written.End atLongest) {
        if (!done) {
            open.stream()
                    .filter(left -> results.isEmpty() || left.logProbability() > Double.NEGATIVE_INFINITY)
                    .forEach(left -> add(left.tokens(), left.tokens().size(), left.logProbability(), atLongest));
        }
        return List.copyOf(results);
    }

    private void add(List<Integer> tokens, int length, double logProbability, Written.End why) {
        double score = score(logProbability, length);
        if (results.size() == size && score <= results.getLast().score()) {
            return;
        }
        results.add(new Written(tokens, score, why));
        results.sort(Comparator.comparingDouble(Written::score).reversed());
        if (results.size() > size) {
            results.removeLast();
        }
    }

    private double score(double logProbability, int length) {
        return logProbability / Math.pow(length, lengthPenalty);
    }

    private static List<Integer> with(List<Integer> tokens, int token) {
        List<Integer> more = new ArrayList<>(tokens);
        more.add(token);
        return more;
    }
}
