package io.heddle.runtime.data;

import java.util.Arrays;

/** The ids of one pair: what the encoder reads, and begin, the target's tokens, end. */
final class EncodedPair {
    private final int textIndex;
    private final int[] source;
    private final int[] target;

    EncodedPair(int textIndex, int[] source, int[] target) {
        this.textIndex = textIndex;
        this.source = source;
        this.target = target;
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
