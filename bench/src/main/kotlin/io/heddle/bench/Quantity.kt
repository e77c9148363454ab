package io.heddle.bench

/** What is measured of a process. */
internal enum class Quantity(private val word: String, val unit: UnitOfMeasure) {
    /** Of one run, the median. */
    Time("median", UnitOfMeasure.Milliseconds),

    /** What its memory grew by, at most, from before it made what it works on. */
    Memory("memory", UnitOfMeasure.Bytes),

    /** All of its memory, at most. */
    Resident("resident", UnitOfMeasure.Bytes);

    fun of(said: Said): Double = said[word]
}
