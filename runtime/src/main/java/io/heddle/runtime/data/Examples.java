package io.heddle.runtime.data;

import io.heddle.check.Problem;
import java.util.Comparator;

/** Examples of different length, each with a number from 0 on, which batches are made of. */
public sealed interface Examples
        permits PairData, LabelledData, PictureData, BoxedData, GraphData, RecordingData, SpokenData {
    /** How many there are. */
    int size();

    /** How many tokens an example has; of two sides, the longer one's. */
    int length(int index);

    /** Orders the numbers of examples from short to long ones. */
    Comparator<Integer> shortestFirst();

    /**
     * The tensors of the examples of these numbers; see {@link Batch}.
     *
     * @param lengthMultiple padded lengths are rounded up to a multiple of this
     */
    Batch pad(int[] rows, int lengthMultiple);

    /**
     * The problem of an example that no batch can hold.
     *
     * @param length its tokens, padding included
     */
    Problem tooLong(int index, int length, int batch);
}
