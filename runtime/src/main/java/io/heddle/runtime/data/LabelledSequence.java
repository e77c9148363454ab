package io.heddle.runtime.data;

import io.heddle.runtime.data.text.TextOrigin;

/** Token ids and their labels: one, or one for each token. */
final class LabelledSequence {
    private final int[] ids;
    private final int[] labels;
    private final TextOrigin origin;

    LabelledSequence(int[] ids, int[] labels, TextOrigin origin) {
        this.ids = ids;
        this.labels = labels;
        this.origin = origin;
    }

    /** The ids; its own array, only to be read. */
    int[] ids() {
        return ids;
    }

    /** The labels; its own array, only to be read. */
    int[] labels() {
        return labels;
    }

    /** Where it begins. */
    TextOrigin origin() {
        return origin;
    }
}
