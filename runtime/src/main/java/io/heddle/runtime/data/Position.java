package io.heddle.runtime.data;

/**
 * Where a training run is in its data: all that a checkpoint needs to go on reading.
 *
 * @param epoch how many times all data has been read; text that is drawn at random stays in epoch 0
 * @param batch the number of the batch within the epoch, from 0
 */
public record Position(long epoch, long batch) {
    /** The first batch of all. */
    public static final Position START = new Position(0, 0);

    public Position {
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException("epoch " + epoch + " and batch " + batch + " must not be negative");
        }
    }
}
