package io.heddle.runtime.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequence that may go on.
 *
 * @param logProbability of the tokens after the start
 * @param seen how much of each token of its source it has looked at; empty where nobody asks
 * @param progress how far it has come with the words that are required
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
record OpenBeam(List<Integer> tokens, double logProbability, double[] seen, RequiredWords.Progress progress) {
    /** With another token at its end. */
    OpenBeam with(int token, double logProbability, double[] looked, RequiredWords required, int start) {
        List<Integer> more = new ArrayList<>(tokens);
        more.add(token);
        double[] sum = looked.clone();
        for (int place = 0; place < seen.length; place++) {
            sum[place] += seen[place];
        }
        return new OpenBeam(
                more, logProbability, sum, required.after(progress, more.subList(start, more.size())));
    }

    /** The same, as a row that only fills a place. */
    OpenBeam lost() {
        return new OpenBeam(tokens, Double.NEGATIVE_INFINITY, seen, progress);
    }

    /** Whether it has all words that are required. */
    boolean isComplete() {
        return progress.left().isEmpty();
    }
}
