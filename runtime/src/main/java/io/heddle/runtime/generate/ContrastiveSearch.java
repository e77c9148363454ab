package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes sequences side by side, each by {@link Decoding.Contrastive}: every candidate is read, in a row of its own. */
final class ContrastiveSearch {
    private final int candidates;
    private final double penalty;
    private final Settings settings;

    ContrastiveSearch(Decoding.Contrastive contrastive, Settings settings) {
        candidates = contrastive.getCandidates();
        penalty = contrastive.getPenalty();
        this.settings = settings;
    }

    /** How many rows a session needs for each sequence. */
    int rows() {
        return candidates;
    }

    /** A token that may be written next, and how likely it is. */
    private record Candidate(int token, double probability) {}

    /** A sequence, the directions of all vectors that its tokens have, and the scores of the next token. */
    private static final class Open {
        private final List<Integer> tokens;
        private final int start;
        private final List<double[]> directions = new ArrayList<>();
        private double[] scores = {};
        private Written.End end = Written.End.COUNT;
        private List<Candidate> next = List.of();

        private final Settings settings;

        Open(int[] start, Settings settings) {
            this.settings = settings;
            tokens = new ArrayList<>(Arrays.stream(start).boxed().toList());
            this.start = start.length;
        }

        boolean isOpen() {
            return end == Written.End.COUNT;
        }

        /** The token that a row reads: rows without a candidate of their own repeat the last. */
        int read(int row) {
            return next.isEmpty() ? tokens.getLast() : next.get(Math.min(row, next.size() - 1)).token();
        }
    }

    /**
     * Goes on after each start. Where positions run out, an answer ends, and a text reads its last tokens anew.
     *
     * @param session empty, which gives vectors, with {@link #rows} rows for each start, side by side
     * @param starts of one length
     * @param listener is given each token of the first
     */
    List<Written> written(DecodingSession session, List<int[]> starts, int count, IntConsumer listener) {
        settings.rules().require(count);
        List<Open> all = IntStream.range(0, starts.size())
                .mapToObj(place -> new Open(starts.get(place), settings.over(session.words(place * candidates))))
                .toList();
        begin(session, all);
        for (int number = 0; number < count && all.stream().anyMatch(Open::isOpen); number++) {
            Written.End asked = settings.stop().getAsBoolean() ? Written.End.ASKED : Written.End.COUNT;
            Written.End end = session.isFull() && session.readsSource() ? Written.End.POSITIONS : asked;
            if (end != Written.End.COUNT) {
                all.stream().filter(Open::isOpen).forEach(open -> open.end = end);
                break;
            }
            step(session, all, listener);
        }
        return all.stream().map(open -> new Written(open.tokens, 0, open.end)).toList();
    }

    private void begin(DecodingSession session, List<Open> all) {
        int[][] reading = TokenWriter.lastOf(
                IntStream.range(0, all.size() * candidates)
                        .mapToObj(row -> all.get(row / candidates).tokens)
                        .toList(),
                session.limit().orElse(Integer.MAX_VALUE));
        ScoreRows logits = ScoreRows.of(session.read(reading));
        INDArray vectors = session.vectors();
        for (int place = 0; place < all.size(); place++) {
            int row = place * candidates;
            Open open = all.get(place);
            open.scores = session.writable(logits.row(row), row, settings.known());
            for (int token = 0; token < reading[0].length; token++) {
                open.directions.add(direction(vectors, row, token));
            }
        }
    }

    private void step(DecodingSession session, List<Open> all, IntConsumer listener) {
        all.stream().filter(Open::isOpen).forEach(open -> open.next = likeliest(open));
        int[][] reading = session.isFull() ? again(session, all) : newest(all);
        int last = reading[0].length - 1;
        ScoreRows logits = ScoreRows.of(session.read(reading));
        INDArray vectors = session.vectors();
        int[] from = IntStream.range(0, reading.length).toArray();
        for (int place = 0; place < all.size(); place++) {
            Open open = all.get(place);
            // A sequence that has ended is read on with the others; what it says does not count.
            if (open.isOpen()) {
                int first = place * candidates;
                int best = best(open, vectors, first, last);
                Arrays.fill(from, first, first + candidates, first + best);
                open.directions.add(direction(vectors, first + best, last));
                open.scores = session.writable(logits.row(first + best), first + best, settings.known());
                int token = open.next.get(best).token();
                open.tokens.add(token);
                open.end = open.settings.endOf(open.tokens, open.start, Written.End.COUNT);
                if (place == 0) {
                    listener.accept(token);
                }
            }
        }
        session.reorder(from);
    }

    /** The candidate of each row. */
    private int[][] newest(List<Open> all) {
        return IntStream.range(0, all.size() * candidates)
                .mapToObj(row -> new int[] {all.get(row / candidates).read(row % candidates)})
                .toArray(int[][]::new);
    }

    /** The last tokens of each row, its candidate included, where positions have run out. */
    private int[][] again(DecodingSession session, List<Open> all) {
        session.reset();
        List<List<Integer>> rows = IntStream.range(0, all.size() * candidates)
                .mapToObj(row -> {
                    List<Integer> tokens = new ArrayList<>(all.get(row / candidates).tokens);
                    tokens.add(all.get(row / candidates).read(row % candidates));
                    return tokens;
                })
                .toList();
        return TokenWriter.lastOf(rows, session.limit().orElseThrow());
    }

    /** The likeliest first; of two alike the lower token. */
    private List<Candidate> likeliest(Open open) {
        double[] logarithms = LogProbabilities.of(open.settings.rules().applied(open.scores, open.tokens, open.start));
        return IntStream.range(0, logarithms.length)
                .filter(token -> logarithms[token] > Double.NEGATIVE_INFINITY)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer token) -> -logarithms[token]))
                .limit(candidates)
                .map(token -> new Candidate(token, Math.exp(logarithms[token])))
                .toList();
    }

    /** Which candidate is the best by {@code (1 - penalty) p - penalty max cosine}; of two alike the likelier. */
    private int best(Open open, INDArray vectors, int first, int last) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < open.next.size(); place++) {
            double[] direction = direction(vectors, first + place, last);
            double nearest = open.directions.stream()
                    .mapToDouble(before -> product(before, direction))
                    .max()
                    .orElse(0);
            double score = (1 - penalty) * open.next.get(place).probability() - penalty * nearest;
            if (score > highest) {
                best = place;
                highest = score;
            }
        }
        return best;
    }

    /** The vector of a token, of length 1. */
    private static double[] direction(INDArray vectors, int row, int token) {
        long time = vectors.size(1);
        double[] vector = vectors.reshape(vectors.size(0) * time, vectors.size(2))
                .getRow(row * time + token)
                .toDoubleVector();
        double length = Math.sqrt(product(vector, vector));
        return Arrays.stream(vector).map(number -> length == 0 ? 0 : number / length).toArray();
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int place = 0; place < left.length; place++) {
            sum += left[place] * right[place];
        }
        return sum;
    }
}
