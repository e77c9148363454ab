package io.heddle.bench

/** What is measured of a process. */
internal enum class Quantity(val word: String, val unit: UnitOfMeasure) {
    /** Of one run, the median. */
    Time("median", UnitOfMeasure.Milliseconds),

    /** What a run makes on its way, as its plan has it: without weights, and without the program that runs. */
    Planned("planned", UnitOfMeasure.Bytes),

    /** All of its memory, at most. */
    Resident("resident", UnitOfMeasure.Bytes),
}
