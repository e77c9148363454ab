package io.heddle.bench

/** What is measured of a process. */
internal enum class Quantity(private val word: String, val unit: UnitOfMeasure) {
    /** Of one run, the median. */
    Time("median", UnitOfMeasure.Milliseconds),

    /** What a run makes on its way, as its plan has it: without weights, and without the program that runs. */
    Planned("planned", UnitOfMeasure.Bytes),

    /** All of its memory, at most. */
    Resident("resident", UnitOfMeasure.Bytes);

    fun of(said: Said): Double = said[word]
}
