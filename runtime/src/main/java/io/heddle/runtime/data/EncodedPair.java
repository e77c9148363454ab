package io.heddle.runtime.data;

import java.util.Arrays;

/**
 * The ids of one pair: what the encoder reads, and begin, the target's tokens, end. Where words are copied, also what
 * each position of the source is a copy of, and what is to be said; see {@link SourceWords}. Where words are aligned, also
 * which position of the source makes each place of the target; see {@link Fertilities}.
 */
final class EncodedPair {
    private final int textIndex;
    private final int[] source;
    private final int[] target;
    private final int[] copies;
    private final int[] labels;
    private final int[] makers;

    /** A pair of which nothing is copied. */
    EncodedPair(int textIndex, int[] source, int[] target) {
        this(textIndex, source, target, new int[0], new int[0], new int[0]);
    }

    private EncodedPair(int textIndex, int[] source, int[] target, int[] copies, int[] labels, int[] makers) {
        this.textIndex = textIndex;
        this.source = source;
        this.target = target;
        this.copies = copies;
        this.labels = labels;
        this.makers = makers;
    }

    /** This pair with what is copied, and what is to be said. */
    EncodedPair copying(int[] numbers, int[] said) {
        return new EncodedPair(textIndex, source, target, numbers, said, makers);
    }

    /** This pair with what makes each place of its target. */
    EncodedPair madeBy(int[] positions) {
        return new EncodedPair(textIndex, source, target, copies, labels, positions);
    }

    /** Which pair of the text it is. */
    int textIndex() {
        return textIndex;
    }

    int[] source() {
        return source;
    }

    /** Begin, tokens, end: without its last the decoder's input, without its first the labels. */
    int[] target() {
        return target;
    }

    /** The number of each position of the source among what may be said; empty where nothing is copied. */
    int[] copies() {
        return copies;
    }

    /** What is to be said after each token that the decoder reads. */
    int[] labels() {
        return labels.length == 0 ? Arrays.copyOfRange(target, 1, target.length) : labels;
    }

    /** Which position of the source makes each place of the target, in ascending order; empty where nothing says it. */
    int[] makers() {
        return makers;
    }

    int sourceLength() {
        return source.length;
    }

    /** How many tokens the decoder reads, which is how many labels there are. */
    int targetLength() {
        return target.length - 1;
    }

    @Override
    public String toString() {
        return Arrays.toString(source) + " -> " + Arrays.toString(target);
    }
}
