package io.heddle.runtime.data;

import java.util.OptionalInt;

/**
 * How pairs become token ids.
 *
 * @param sourceEnd whether the end token closes a source
 * @param maximumLength pairs with more tokens on a side (begin and end not counted) are left out and counted; empty to
 *     keep all
 * @param copied how many words a model scores that may copy others from the source; empty where nothing is copied
 */
public record PairEncoding(SourceEnd sourceEnd, OptionalInt maximumLength, OptionalInt copied) {
    /** Sources closed by the end token, pairs of every length. */
    public static final PairEncoding DEFAULT =
            new PairEncoding(SourceEnd.APPENDED, OptionalInt.empty(), OptionalInt.empty());

    public PairEncoding {
        maximumLength.ifPresent(length -> Sizes.requirePositive("maximum length", length));
    }

    /** This encoding, with pairs left out that are longer than {@code tokens} on a side. */
    public PairEncoding atMost(int tokens) {
        return new PairEncoding(sourceEnd, OptionalInt.of(tokens), copied);
    }

    /** This encoding, for a model that scores so many words and may copy others; one that copies nothing, if empty. */
    public PairEncoding copying(OptionalInt vocabulary) {
        return new PairEncoding(sourceEnd, maximumLength, vocabulary);
    }
}
