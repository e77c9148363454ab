package io.heddle.runtime.data;

import java.util.OptionalInt;

/**
 * How pairs become token ids.
 *
 * @param sourceEnd whether the end token closes a source
 * @param maximumLength pairs with more tokens on a side (begin and end not counted) are left out and counted; empty to
 *     keep all
 */
public record PairEncoding(SourceEnd sourceEnd, OptionalInt maximumLength) {
    /** Sources closed by the end token, pairs of every length. */
    public static final PairEncoding DEFAULT = new PairEncoding(SourceEnd.APPENDED, OptionalInt.empty());

    public PairEncoding {
        maximumLength.ifPresent(length -> Sizes.requirePositive("maximum length", length));
    }

    /** This encoding, with pairs left out that are longer than {@code tokens} on a side. */
    public PairEncoding atMost(int tokens) {
        return new PairEncoding(sourceEnd, OptionalInt.of(tokens));
    }
}
