package io.heddle.specs.support

import kotlin.math.exp
import kotlin.math.ln

/** A chain over words by looking at every way through it (arXiv 1910.11555, equations 4 to 7). */
class ChainEquations(
    private val beam: Int,
    private val scores: Numbers,
    private val left: Numbers,
    private val right: Numbers,
    private val labels: Numbers,
) {
    private val vocabulary = scores.last

    /** A step of a way: a word at a position of all sequences' positions. */
    private data class Step(val row: Int, val word: Int)

    private fun said(sequence: Int): List<Step> {
        val time = labels.last
        return (sequence * time until (sequence + 1) * time)
            .filter { labels.int(it) >= 0 }
            .map { Step(it, labels.int(it)) }
    }

    private fun candidates(said: Step): List<Step> {
        val others = (0 until vocabulary).filter { it != said.word }.sortedByDescending { scores.row(said.row)[it] }
        return (listOf(said.word) + others.take(beam - 1)).map { Step(said.row, it) }
    }

    private fun ways(said: List<Step>): List<List<Step>> =
        said.fold(listOf(emptyList())) { ways, step -> ways.flatMap { way -> candidates(step).map { way + it } } }

    private fun score(way: List<Step>): Double =
        way.sumOf { scores.row(it.row)[it.word] } +
            way.zipWithNext().sumOf { (before, step) -> dot(left.row(before.word), right.row(step.word)) }

    private fun dot(x: List<Double>, y: List<Double>) = x.indices.sumOf { x[it] * y[it] }

    fun loss(): Double =
        (0 until labels.shape[0]).sumOf { sequence ->
            val said = said(sequence)
            ln(ways(said).sumOf { exp(score(it)) }) - score(said)
        }

    /** `dscores, dleft, dright`: of each way its share, less what was said. */
    fun gradient(dloss: Double): List<Numbers> {
        val gradients = listOf(scores, left, right).map { Numbers.zeros(it.shape) }
        fun add(way: List<Step>, factor: Double) {
            way.forEach { gradients[0].data[it.row * vocabulary + it.word] += factor }
            way.zipWithNext().forEach { (before, step) ->
                for (at in 0 until left.last) {
                    gradients[1].data[before.word * left.last + at] += factor * right.row(step.word)[at]
                    gradients[2].data[step.word * left.last + at] += factor * left.row(before.word)[at]
                }
            }
        }
        for (sequence in 0 until labels.shape[0]) {
            val ways = ways(said(sequence))
            val total = ways.sumOf { exp(score(it)) }
            ways.forEach { add(it, dloss * exp(score(it)) / total) }
            add(said(sequence), -dloss)
        }
        return gradients
    }
}
