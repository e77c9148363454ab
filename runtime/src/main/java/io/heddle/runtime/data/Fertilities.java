package io.heddle.runtime.data;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * How many words of its target each position of a source makes (arXiv 1711.02281, section 3.3): the fertility of a position is
 * how many places are copies of it. An aligner says which, see {@link AlignedTokens}.
 *
 * <p>Where none does, lengths tell it: place t of T is a copy of position {@code round(t (S - 1) / (T - 1))} of S.
 */
public final class Fertilities {
    private Fertilities() {}

    /** A batch of pairs that also says which position each place is a copy of, and the fertilities; see {@link Batch}. */
    static Batch in(Batch pairs) {
        if (pairs.tensors().containsKey(Batch.FERTILITIES)) {
            return pairs;
        }
        int[] sourceLengths = pairs.tensor(Batch.SOURCE_LENGTHS).values();
        int[] targetLengths = pairs.tensor(Batch.TARGET_LENGTHS).values();
        return in(pairs, row -> spread(sourceLengths[row], targetLengths[row]));
    }

    /** The same of a batch of which each row's {@code makers} are known: the position that each place is a copy of. */
    static Batch in(Batch pairs, IntFunction<int[]> makers) {
        IntTensor source = pairs.tensor(Batch.SOURCE);
        IntTensor target = pairs.tensor(Batch.TARGET);
        int[] sourceLengths = pairs.tensor(Batch.SOURCE_LENGTHS).values();
        int[] fertilities = new int[source.values().length];
        int[] copied = new int[target.values().length];
        Arrays.fill(fertilities, Batch.IGNORED_LABEL);
        Arrays.fill(copied, Batch.IGNORED_LABEL);
        for (int row = 0; row < sourceLengths.length; row++) {
            int first = row * source.size(1);
            Arrays.fill(fertilities, first, first + sourceLengths[row], 0);
            int[] places = makers.apply(row);
            for (int place : places) {
                fertilities[first + place]++;
            }
            System.arraycopy(places, 0, copied, row * target.size(1), places.length);
        }
        return pairs.with(Batch.FERTILITIES, IntTensor.of(fertilities, source.shape()))
                .with(Batch.COPIED, IntTensor.of(copied, target.shape()));
    }

    /** Which of so many positions each of so many places is a copy of. */
    public static int[] spread(int positions, int places) {
        int[] copied = new int[places];
        for (int place = 0; place < places; place++) {
            copied[place] = places < 2 ? 0 : (int) Math.rint((double) place * (positions - 1) / (places - 1));
        }
        return copied;
    }

    /** The most words that a position of a source makes. */
    static int most(EncodedPair pair) {
        int[] makers = pair.makers();
        int[] fertilities = new int[pair.sourceLength()];
        for (int place : makers.length > 0 ? makers : spread(pair.sourceLength(), pair.targetLength())) {
            fertilities[place]++;
        }
        return Arrays.stream(fertilities).max().orElse(0);
    }
}
