package io.heddle.bench

/** What a process said, by word. */
internal class Said(private val numbers: Map<String, Double>) {
    operator fun contains(word: String): Boolean = word in numbers

    operator fun get(word: String): Double = numbers.getValue(word)

    operator fun plus(other: Said): Said = Said(numbers + other.numbers)
}

/**
 * What a side said of all its turns.
 *
 * @property once what it said a single time
 */
internal class Taken(private val once: Said, val turns: List<Said>) {
    /** A number, or its median over the turns. */
    operator fun get(word: String): Double = if (word in once) once[word] else median(turns.map { it[word] })

    /**
     * This side's number through the other's: the median over the turns, each of which is set against its neighbour.
     */
    fun against(other: Taken, word: String): Double =
        if (word in once) once[word] / other[word]
        else median(turns.zip(other.turns) { one, another -> one[word] / another[word] })
}

internal fun median(numbers: List<Double>): Double = numbers.sorted()[numbers.size / 2]
