package io.heddle.runtime.train;

/** What a model wrote for a source. */
final class OwnSequence {
    private final int row;
    private final int[] words;
    private final int given;
    private final double reward;

    /**
     * A sequence.
     *
     * @param row of the batch whose source it is for
     * @param words behind the begin token, with the end token where it ended; not copied
     * @param given how many of them the model did not choose itself, from the first on
     * @param reward how good it is as a whole
     */
    OwnSequence(int row, int[] words, int given, double reward) {
        this.row = row;
        this.words = words;
        this.given = given;
        this.reward = reward;
    }

    int row() {
        return row;
    }

    int[] words() {
        return words;
    }

    int given() {
        return given;
    }

    double reward() {
        return reward;
    }

    /** How many words the model chose. */
    int own() {
        return words.length - given;
    }
}
