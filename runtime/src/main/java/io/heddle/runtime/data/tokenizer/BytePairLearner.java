package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.TokenizerMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte pair encoding: words begin as characters, and the pair of neighbours that comes most often is joined, again
 * and again (Sennrich, Haddow and Birch, arXiv 1508.07909, algorithm 1).
 *
 * <p>Of pairs that come equally often, the one whose left part has the smaller code points goes first, then the smaller
 * right part, so that equal texts give equal vocabularies.
 */
final class BytePairLearner {
    /** A pair that comes once tells nothing of other texts. */
    private static final int FEWEST = 2;

    private static final Comparator<Candidate> BEST = Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparing(candidate -> candidate.merge().left(), WordTokenizer.BY_CODE_POINT)
            .thenComparing(candidate -> candidate.merge().right(), WordTokenizer.BY_CODE_POINT);

    private final List<Spelling> words = new ArrayList<>();
    private final Map<BytePairs.Merge, Long> counts = new HashMap<>();
    private final Map<BytePairs.Merge, Set<Spelling>> places = new HashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(BEST);

    private BytePairLearner(Map<String, Integer> frequencies) {
        frequencies.forEach((word, count) -> {
            Spelling spelling = new Spelling(count, letters(word));
            words.add(spelling);
            count(spelling, count);
        });
    }

    /**
     * Learns from words and how often each comes.
     *
     * @param reserved symbols that are never made of letters
     * @param vocabulary how many symbols there may be, those that are reserved among them
     * @throws ProblemsException when letters and reserved symbols alone are more
     */
    static BytePairs learn(Map<String, Integer> frequencies, List<String> reserved, int vocabulary) {
        return new BytePairLearner(frequencies).run(reserved, vocabulary);
    }

    private BytePairs run(List<String> reserved, int vocabulary) {
        List<String> symbols = new ArrayList<>(reserved);
        words.stream()
                .flatMap(word -> word.symbols.stream())
                .distinct()
                .sorted(WordTokenizer.BY_CODE_POINT)
                .forEach(symbols::add);
        if (symbols.size() == reserved.size()) {
            throw new ProblemsException(TokenizerMessages.noCharacter());
        }
        if (symbols.size() > vocabulary) {
            throw new ProblemsException(
                    TokenizerMessages.noRoomForCharacters(
                            vocabulary, symbols.size() - reserved.size(), reserved.size()));
        }
        Set<String> known = new HashSet<>(symbols);
        List<BytePairs.Merge> merges = new ArrayList<>();
        while (symbols.size() < vocabulary && !candidates.isEmpty()) {
            Candidate best = candidates.remove();
            long count = counts.getOrDefault(best.merge(), 0L);
            if (count != best.count()) {
                // It became rarer since; one that became more frequent is there a second time.
                if (count >= FEWEST && count < best.count()) candidates.add(new Candidate(best.merge(), count));
                continue;
            }
            if (reserved.contains(best.merge().joined())) continue;
            merges.add(best.merge());
            if (known.add(best.merge().joined())) symbols.add(best.merge().joined());
            join(best.merge());
        }
        return new BytePairs(List.copyOf(symbols), List.copyOf(merges));
    }

    private void join(BytePairs.Merge merge) {
        for (Spelling word : List.copyOf(places.getOrDefault(merge, Set.of()))) {
            count(word, -word.count);
            word.join(merge);
            count(word, word.count);
        }
        counts.remove(merge);
        places.remove(merge);
    }

    /** Adds what a word has of each pair, as it is spelled now; a negative change takes it away. */
    private void count(Spelling word, int change) {
        for (int index = 1; index < word.symbols.size(); index++) {
            BytePairs.Merge pair = new BytePairs.Merge(word.symbols.get(index - 1), word.symbols.get(index));
            long count = counts.merge(pair, (long) change, Long::sum);
            if (change > 0) {
                places.computeIfAbsent(pair, _ -> new HashSet<>()).add(word);
                if (count >= FEWEST) candidates.add(new Candidate(pair, count));
            } else {
                Set<Spelling> there = places.get(pair);
                if (there != null) there.remove(word);
            }
        }
    }

    private static List<String> letters(String word) {
        List<String> letters = new ArrayList<>();
        word.codePoints().mapToObj(Character::toString).forEach(letters::add);
        return letters;
    }

    /** A pair that came so often when this was written. */
    private record Candidate(BytePairs.Merge merge, long count) {}

    /** A word as it is spelled so far; each is itself alone. */
    private static final class Spelling {
        private final int count;
        private List<String> symbols;

        private Spelling(int count, List<String> symbols) {
            this.count = count;
            this.symbols = symbols;
        }

        private void join(BytePairs.Merge merge) {
            List<String> joined = new ArrayList<>(symbols.size());
            int index = 0;
            while (index < symbols.size()) {
                boolean here = index + 1 < symbols.size() && symbols.get(index).equals(merge.left())
                        && symbols.get(index + 1).equals(merge.right());
                joined.add(here ? merge.joined() : symbols.get(index));
                index += here ? 2 : 1;
            }
            symbols = joined;
        }
    }
}
