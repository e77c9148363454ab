package io.heddle.runtime.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The edits that TER counts, by the search of Tercom as sacreBLEU has it ({@code sacrebleu/metrics/lib_ter.py}): the move that
 * saves most edits is made, again and again, until none saves any.
 *
 * <p>What may move is a row of up to 10 words that stands in the reference, too, at most 50 places away, where the words that
 * move, and those whose place they take, are not right already.
 */
final class TranslationEdits {
    private static final int LONGEST_MOVE = 10;
    private static final int FARTHEST_MOVE = 50;

    /** So many moves of a line are tried at the most, as in sacreBLEU. */
    private static final int MOST_TRIED = 1_000;

    private final List<String> reference;
    private int tried = 0;

    /** A row of words that stands in both: {@code length} of them from {@code from}, in the reference from {@code to}. */
    private record Common(int from, int to, int length) {}

    /** What a move comes to. */
    private record Move(int saved, int length, int from, int before, List<String> words) {
        /** As Tercom ranks them: what saves most, then the longest, then the earliest, then to the earliest place. */
        static final Comparator<Move> RANKED = Comparator.comparingInt(Move::saved)
                .thenComparing(Move::length)
                .thenComparing(Move::from, Comparator.reverseOrder())
                .thenComparing(Move::before, Comparator.reverseOrder());
    }

    private TranslationEdits(List<String> reference) {
        this.reference = reference;
    }

    /** How many edits make the reference out of the hypothesis. */
    static int between(List<String> hypothesis, List<String> reference) {
        return reference.isEmpty() ? hypothesis.size() : new TranslationEdits(reference).of(hypothesis);
    }

    private int of(List<String> hypothesis) {
        List<String> words = hypothesis;
        int moves = 0;
        while (true) {
            Optional<Move> best = best(words);
            if (tried >= MOST_TRIED || best.isEmpty() || best.get().saved() <= 0) {
                return moves + new WordAlignment(words, reference).edits();
            }
            moves++;
            words = best.get().words();
        }
    }

    private Optional<Move> best(List<String> words) {
        WordAlignment now = new WordAlignment(words, reference);
        Optional<Move> best = Optional.empty();
        for (Common common : common(words)) {
            if (now.isRight(common.from(), common.length()) || now.isMet(common.to(), common.length())) {
                continue;
            }
            int aligned = now.aligned(common.to());
            if (common.from() <= aligned && aligned < common.from() + common.length()) {
                continue;
            }
            best = better(best, words, common, now);
            if (tried >= MOST_TRIED) {
                break;
            }
        }
        return best;
    }

    /** Moves to before the place that the reference's row has, and to behind each of its words. */
    private Optional<Move> better(Optional<Move> best, List<String> words, Common common, WordAlignment now) {
        Optional<Move> found = best;
        int last = -1;
        for (int place = common.to() - 1; place < common.to() + common.length(); place++) {
            int before = place < 0 ? 0 : now.aligned(place) + 1;
            if (before == last) {
                continue;
            }
            last = before;
            List<String> moved = moved(words, common.from(), common.length(), before);
            int saved = now.edits() - new WordAlignment(moved, reference).edits();
            Move move = new Move(saved, common.length(), common.from(), before, moved);
            tried++;
            if (found.isEmpty() || Move.RANKED.compare(move, found.get()) > 0) {
                found = Optional.of(move);
            }
        }
        return found;
    }

    private List<Common> common(List<String> words) {
        List<Common> common = new ArrayList<>();
        for (int from = 0; from < words.size(); from++) {
            int first = Math.max(0, from - FARTHEST_MOVE);
            int last = Math.min(reference.size() - 1, from + FARTHEST_MOVE);
            for (int to = first; to <= last; to++) {
                int most = Math.min(LONGEST_MOVE, Math.min(words.size() - from, reference.size() - to));
                for (int length = 1; length <= most; length++) {
                    if (!words.get(from + length - 1).equals(reference.get(to + length - 1))) {
                        break;
                    }
                    common.add(new Common(from, to, length));
                }
            }
        }
        return common;
    }

    /** The words with {@code length} of them, from {@code from}, moved to before {@code before}. */
    private static List<String> moved(List<String> words, int from, int length, int before) {
        List<String> row = words.subList(from, from + length);
        List<String> others = new ArrayList<>(words.subList(0, from));
        others.addAll(words.subList(from + length, words.size()));
        // Within the row that moves, sacreBLEU counts the place among the words that stay.
        int place = before > from + length ? before - length : before;
        others.addAll(Math.min(place, others.size()), row);
        return others;
    }
}
