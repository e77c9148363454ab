package io.heddle.specs.golden

import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.pow
import kotlin.math.sqrt
import kotlin.math.tanh

typealias Row = List<Double>

internal operator fun Row.plus(other: Row): Row = zip(other) { left, right -> left + right }

internal operator fun Row.times(factor: Double): Row = map { it * factor }

/**
 * The sublayers of arXiv 1706.03762, section 3, with norms after residuals, on lists of numbers; positions and what is
 * looked at are said by whoever asks.
 */
internal class PaperEquations(private val weights: Map<String, DoubleArray>, private val heads: Int) {
    fun numbers(name: String): Row = weights.getValue(name).toList()

    /** The rows of a table. */
    fun embedded(table: String, words: IntArray, width: Int): List<Row> =
        words.map { numbers(table).subList(it * width, (it + 1) * width) }

    /** Of each position, the scores of all words. */
    fun scores(x: List<Row>): List<Row> = x.map { map("next/weight", it) }

    /** `norm(x + attention(x, seen))`; [bias] is added to a head's score of a key, and null hides the key. */
    fun attend(path: String, x: List<Row>, seen: List<Row>, bias: (head: Int, i: Int, j: Int) -> Double?): List<Row> {
        val queries = x.map { linear("$path/query", it) }
        val (keys, values) = listOf("key", "value").map { map -> seen.map { linear("$path/$map", it) } }
        val width = queries.first().size / heads
        return x.indices.map { i ->
            val joined =
                (0 until heads).flatMap { head ->
                    fun part(row: Row) = row.subList(head * width, (head + 1) * width)
                    val raised =
                        seen.indices.map { j ->
                            bias(head, i, j)?.let { exp(dot(part(queries[i]), part(keys[j])) / sqrt(width * 1.0) + it) }
                                ?: 0.0
                        }
                    (0 until width).map { at ->
                        seen.indices.sumOf { raised[it] * part(values[it])[at] } / raised.sum()
                    }
                }
            norm("$path/norm", x[i] + linear("$path/output", joined))
        }
    }

    /** `norm(x + down(max(0, up(x))))`. */
    fun fed(path: String, x: List<Row>): List<Row> =
        x.map { own -> norm("$path/norm", own + linear("$path/down", linear("$path/up", own).map { maxOf(0.0, it) })) }

    /**
     * `p(0), .., p(count - 1)` of `p' = down(tanh(up([p, t])))` (arXiv 2003.09229, equation 6), by the 3/8 rule of
     * Kutta in 256 steps for each unit of time.
     */
    fun flow(path: String, count: Int): List<Row> {
        fun slope(p: Row, time: Double): Row {
            val both = listOf(p, listOf(time)).flatten()
            return linear("$path/down", linear("$path/up", both).map { tanh(it) })
        }
        val h = 1.0 / FLOW_STEPS
        return (0 until count - 1).runningFold(numbers("$path/start")) { start, position ->
            (0 until FLOW_STEPS).fold(start) { p, step ->
                val t = position + step * h
                val k1 = slope(p, t)
                val k2 = slope(p + k1 * (h / 3), t + h / 3)
                val k3 = slope(p + k1 * (-h / 3) + k2 * h, t + 2 * h / 3)
                val k4 = slope(p + k1 * h + k2 * -h + k3 * h, t + h)
                p + (k1 + k2 * 3.0 + k3 * 3.0 + k4) * (h / 8)
            }
        }
    }

    private fun linear(name: String, x: Row): Row = map("$name/weight", x) + numbers("$name/bias")

    private fun map(matrix: String, x: Row): Row = weights.getValue(matrix).toList().chunked(x.size) { dot(it, x) }

    private fun norm(name: String, x: Row): Row {
        val deviation = sqrt(x.map { (it - x.average()).pow(2) }.average() + EPSILON)
        val (gain, bias) = numbers("$name/gain") to numbers("$name/bias")
        return x.mapIndexed { at, number -> (number - x.average()) / deviation * gain[at] + bias[at] }
    }

    private fun dot(x: Row, y: Row) = x.indices.sumOf { x[it] * y[it] }

    companion object {
        const val EPSILON = 1e-5
        private const val FLOW_STEPS = 256

        /** The mean of `-log p(label)`. */
        fun loss(scores: List<Row>, labels: IntArray): Double =
            scores.zip(labels.toList()) { row, label -> ln(row.sumOf { exp(it) }) - row[label] }.average()
    }
}
