package io.heddle.runtime.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The words of one answer of a foretold length: what is written, how sure each word is, and what is masked. */
final class FilledRow {
    private final Foretold.Places places;
    private final int[] words;

    private final double[] logarithms;
    private final ParallelWriter.Scoring scoring;
    private final boolean[] masked;

    /** A row of as many masks as there are places. */
    FilledRow(Foretold.Places places, ParallelWriter.Scoring scoring) {
        this.places = places;
        this.scoring = scoring;
        int length = places.copied().size();
        words = new int[length];
        logarithms = new double[length];
        masked = new boolean[length];
        Arrays.fill(masked, true);
    }

    int length() {
        return words.length;
    }

    /** Which position of its source each place is a copy of. */
    int[] copied() {
        return places.copied().stream().mapToInt(Integer::intValue).toArray();
    }

    /** What a decoder reads at each place. */
    int[] read(int mask) {
        return IntStream.range(0, words.length).map(place -> masked[place] ? mask : words[place]).toArray();
    }

    /**
     * Writes the likeliest word at each masked place.
     *
     * @param scores of the words of all places, a row for each
     * @param first the place of these that the row begins at
     * @param known how many tokens may be written: the ids below this
     */
    void fill(ScoreRows scores, long first, int known) {
        for (int place = 0; place < words.length; place++) {
            if (masked[place]) {
                double[] of = scores.row(first + place, known);
                words[place] = TokenChoice.greedy(of);
                logarithms[place] = switch (scoring) {
                    case EACH -> LogProbabilities.of(of, words[place]);
                    case NONE -> 0;
                };
                masked[place] = false;
            }
        }
    }

    /**
     * Writes the likeliest words together; each is as sure as the mean of all.
     *
     * @param scores of the words of all places, a row for each
     * @param first the place of these that the row begins at
     */
    void fill(ScoreRows scores, long first, int known, ChainSearch chain) {
        double[][] own = new double[words.length][];
        for (int place = 0; place < words.length; place++) {
            own[place] = scores.row(first + place, known);
        }
        ChainSearch.Best best = chain.best(own);
        Arrays.setAll(words, best.words()::get);
        Arrays.fill(logarithms, best.logarithm() / words.length);
        Arrays.fill(masked, false);
    }

    /** Masks the words that are least sure, those first that stand first of two alike. */
    void mask(int count) {
        if (count == 0) {
            return;
        }
        IntStream.range(0, words.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> logarithms[place]))
                .limit(count)
                .forEach(place -> masked[place] = true);
    }

    int[] words() {
        return words.clone();
    }

    /**
     * The mean of the logarithms of all that was chosen: the words, and how many they are. Without their number, words of a wrong
     * one that the model is sure of would be the best answer. 0 where answers have no scores.
     */
    double score() {
        return switch (scoring) {
            case EACH ->
                    (Arrays.stream(logarithms).sum() + places.logarithm()) / (words.length + places.choices());
            case NONE -> 0;
        };
    }
}
