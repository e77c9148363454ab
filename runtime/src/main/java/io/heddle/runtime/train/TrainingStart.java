package io.heddle.runtime.train;

/** Where a training begins in a folder that may hold one already. */
public enum TrainingStart {
    /** At its checkpoint, or at the beginning where there is none. */
    RESUME,

    /** At the beginning; the checkpoint that is there is replaced by the first one of the new run. */
    FRESH,
}
