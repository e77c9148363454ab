package io.heddle.runtime.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keeps the likeliest sequences after each of several starts side by side, in one group for each or in several that shun what the
 * others choose. What is found after a start does not depend on the others.
 */
final class BeamSearch {
    private final BeamShape shape;
    private final Settings settings;

    BeamSearch(BeamShape shape, Settings settings) {
        this.shape = shape;
        this.settings = settings;
    }

    /** How many rows a session needs for each start. */
    int rows() {
        return shape.size();
    }

    /**
     * Finds the best sequences after each start, the best one first.
     *
     * @param session empty, with as many rows for each start as there are beams, side by side
     * @param starts the tokens that every sequence begins with, of one length
     * @param longest how many tokens a sequence may have, those of the start included
     * @param atLongest why a sequence that is so long ends
     * @return of each start as many as there are beams, or as were found
     * @throws io.heddle.check.ProblemsException when the rules allow no token, or what is required was not found
     */
    List<List<Written>> search(DecodingSession session, List<int[]> starts, int longest, Written.End atLongest) {
        List<List<BeamGroup>> searches = IntStream.range(0, starts.size())
                .mapToObj(place -> groups(starts.get(place), settings.over(session.words(place * rows()))))
                .toList();
        List<List<BeamGroup>> held = searches;
        DecodingSession open = session;
        int most = open.limit().orElse(Integer.MAX_VALUE);
        int[][] reading = TokenWriter.lastOf(tokens(held), most);
        Written.End end = atLongest;
        for (int length = starts.getFirst().length; length < longest; length++) {
            if (settings.stop().getAsBoolean()) {
                end = Written.End.ASKED;
                break;
            }
            ScoreRows logits = ScoreRows.of(open.read(reading));
            int last = reading[0].length - 1;
            int[] from = IntStream.range(0, reading.length).toArray();
            for (int place = 0; place < held.size(); place++) {
                step(held.get(place), place * rows(), open, logits, last, from);
            }
            List<List<BeamGroup>> left =
                    held.stream().filter(groups -> !isDone(groups)).toList();
            if (left.isEmpty()) {
                break;
            }
            open.reorder(from);
            // Rows of searches that are done are read on with the others, until they are half of all.
            if (2 * left.size() <= held.size()) {
                open = open.only(rowsOf(held));
                held = left;
            }
            reading = open.isFull() ? again(open, held, most) : newest(held);
        }
        Written.End why = end;
        return searches.stream().map(groups -> results(groups, why)).toList();
    }

    /** The rows of the searches that are not done. */
    private int[] rowsOf(List<List<BeamGroup>> held) {
        return IntStream.range(0, held.size() * rows())
                .filter(row -> !isDone(held.get(row / rows())))
                .toArray();
    }

    /** What each row reads next. */
    private int[][] newest(List<List<BeamGroup>> held) {
        return tokens(held).stream().map(row -> new int[] {row.getLast()}).toArray(int[][]::new);
    }

    /** What each row reads anew where positions have run out: its last tokens. */
    private int[][] again(DecodingSession session, List<List<BeamGroup>> held, int most) {
        session.reset();
        return TokenWriter.lastOf(tokens(held), most);
    }

    /** The tokens of each row. */
    private List<List<Integer>> tokens(List<List<BeamGroup>> held) {
        return IntStream.range(0, held.size() * rows())
                .mapToObj(row -> held.get(row / rows())
                        .get(row % rows() / shape.each())
                        .tokens(row % shape.each()))
                .toList();
    }

    private List<BeamGroup> groups(int[] start, Settings own) {
        return Stream.generate(() -> new BeamGroup(shape, own, start)).limit(shape.groups()).toList();
    }

    private static boolean isDone(List<BeamGroup> groups) {
        return groups.stream().allMatch(BeamGroup::isDone);
    }

    private static List<Written> results(List<BeamGroup> groups, Written.End end) {
        return groups.stream()
                .flatMap(group -> group.results(end).stream())
                .sorted(Comparator.comparingDouble(Written::score).reversed())
                .toList();
    }

    /** @param first the first row of this search; rows of one that is done are read on, and what they say does not count */
    private void step(
            List<BeamGroup> groups, int first, DecodingSession session, ScoreRows logits, int last, int[] from) {
        Map<Integer, Integer> chosen = new HashMap<>();
        for (int number = 0; number < groups.size(); number++) {
            BeamGroup group = groups.get(number);
            if (!group.isDone()) {
                int start = first + number * shape.each();
                double[][] scores = new double[shape.each()][];
                double[][] looked = new double[shape.each()][];
                for (int beam = 0; beam < scores.length; beam++) {
                    int row = start + beam;
                    scores[beam] = session.writable(logits.row(row), row, settings.known());
                    looked[beam] = shape.coverage()
                            .map(coverage -> coverage.looked(session, row, last, session.sourceLength(row)))
                            .orElseGet(() -> new double[0]);
                }
                int[] rows = group.step(scores, looked, chosen);
                Arrays.setAll(rows, beam -> start + rows[beam]);
                System.arraycopy(rows, 0, from, start, rows.length);
            }
        }
    }
}
