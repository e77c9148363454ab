package io.heddle.runtime.backend;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.IndexMessages;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;

/** Refuses whole numbers that would lead a kernel outside of its memory; they come from data, and data may be wrong. */
public final class IndexChecks {
    private IndexChecks() {}

    /**
     * Ids are rows of a table.
     *
     * @throws ProblemsException when an id is negative or not below the number of rows
     */
    public static void ids(String path, Tensor ids, long rows) {
        long address = ids.address();
        long count = ids.elements();
        for (long place = 0; place < count; place++) {
            int id = RawMemory.index(address, place);
            if (id < 0 || id >= rows) {
                throw new ProblemsException(IndexMessages.id(path, id, place, rows));
            }
        }
    }

    /**
     * Labels are classes, or negative where there is none.
     *
     * @throws ProblemsException when a label is not below the number of classes
     */
    public static void labels(String path, Tensor labels, long classes) {
        long address = labels.address();
        long count = labels.elements();
        for (long place = 0; place < count; place++) {
            int label = RawMemory.index(address, place);
            if (label >= classes) {
                throw new ProblemsException(IndexMessages.label(path, label, place, classes));
            }
        }
    }

    /**
     * Places are rows, or negative where there is none.
     *
     * @throws ProblemsException when a place is not below the number of rows
     */
    public static void places(String path, Tensor places, long rows) {
        long address = places.address();
        long count = places.elements();
        for (long at = 0; at < count; at++) {
            int place = RawMemory.index(address, at);
            if (place >= rows) {
                throw new ProblemsException(IndexMessages.place(path, place, at, rows));
            }
        }
    }

    /**
     * Lengths count positions of a padded sequence.
     *
     * @throws ProblemsException when a length is negative or above the padded one
     */
    public static void lengths(String path, Tensor lengths, long longest) {
        for (long place = 0; place < lengths.elements(); place++) {
            int length = lengths.index(place);
            if (length < 0 || length > longest) {
                throw new ProblemsException(IndexMessages.length(path, length, place, longest));
            }
        }
    }

    /**
     * The rows written from this offset on fit into their state.
     *
     * @throws ProblemsException when they do not
     */
    public static void room(String path, int offset, long rows, long capacity) {
        if (offset < 0 || offset + rows > capacity) {
            throw new ProblemsException(IndexMessages.room(path, offset, offset + rows - 1, capacity));
        }
    }
}
