package io.heddle.report

/** How much of what an experiment describes was trained. */
public enum class Extent {
    /** All steps. */
    Whole,

    /** A tenth of the steps, and of whatever is counted in steps. */
    Tenth,
}
