package io.heddle.runtime.train;

/**
 * What a model wrote for a source, or shall have written.
 *
 * @param row of the batch whose source it is for
 * @param words behind the begin token, with the end token where it ended
 * @param given how many of them the model did not choose itself, from the first on
 * @param reward how good it is as a whole
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one step, and compared with nothing.
record OwnSequence(int row, int[] words, int given, double reward) {
    /** How many words the model chose. */
    int own() {
        return words.length - given;
    }
}
