package io.heddle.runtime.data;

/** Batches without end. The batch at a position is always the same one; asking for it needs none of those before. */
public sealed interface TrainingBatches
        permits RandomWindows, ContinuedSegments, MaskedWindows, EpochBatches, ShiftedPictures, DroppedWords,
        HiddenTargetBatches {
    /**
     * The batch at a position.
     *
     * @throws IllegalArgumentException when the epoch has fewer batches
     */
    Batch batch(Position position);

    /** The position after {@code position}: the next batch, or the first one of the next epoch. */
    Position after(Position position);
}
