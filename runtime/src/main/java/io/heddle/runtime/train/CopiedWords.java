package io.heddle.runtime.train;

import io.heddle.runtime.data.PairData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many words are written that the vocabulary lacks and the source has, and how many answers are right word by word.
 *
 * @param written words of targets that stand in the answers, each as often as it stands in both
 * @param words how many such words the targets have
 * @param right answers that are the target
 * @param answers how many there are
 */
public record CopiedWords(long written, long words, long right, long answers) {
    /**
     * Compares answers with the targets of all pairs.
     *
     * @param answers what was written for each pair
     */
    public static CopiedWords of(List<String> answers, PairData pairs) {
        long written = 0;
        long words = 0;
        long right = 0;
        for (int index = 0; index < answers.size(); index++) {
            List<String> left = new ArrayList<>(split(answers.get(index)));
            if (left.equals(split(pairs.pair(index).target()))) {
                right++;
            }
            for (String word : pairs.copies(index)) {
                words++;
                written += left.remove(word) ? 1 : 0;
            }
        }
        return new CopiedWords(written, words, right, answers.size());
    }

    private static List<String> split(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
