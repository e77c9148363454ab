package io.heddle.specs.golden

import kotlin.math.PI
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.pow
import kotlin.math.sqrt
import kotlin.math.tanh

/**
 * ALBERT by its paper's equations (arXiv 1909.11942, section 3.1; arXiv 1706.03762, section 3), with lists of numbers:
 * one layer, whose weights are [weights] of `encoder/shared`, is passed [layers] times.
 */
class AlbertEquations(
    private val weights: Map<String, DoubleArray>,
    private val heads: Int,
    private val layers: Int,
    private val epsilon: Double,
) {
    /** The scores of each word of a text. */
    fun scores(words: IntArray, segments: IntArray): List<Row> {
        val start =
            words.indices.map { at ->
                val table = row("text/embedding", NARROW, words[at])
                val place = row("text/positions", NARROW, at)
                linear("text/projection", norm("text/norm", table + place + row(SEGMENTS, NARROW, segments[at])))
            }
        val seen = (1..layers).fold(start) { x, _ -> layer(x) }
        val bias = weights.getValue("masked/bias")
        return seen.map { x ->
            val narrow = norm("masked/norm", linear("masked/dense", x).map { gelu(it) })
            bias.indices.map { word -> dot(row("text/embedding", NARROW, word), narrow) + bias[word] }
        }
    }

    /** The mean of `-log p(label)` over labels that are not negative. */
    fun loss(texts: List<IntArray>, segments: List<IntArray>, labels: List<IntArray>): Double {
        val losses =
            texts.indices.flatMap { text ->
                scores(texts[text], segments[text]).zip(labels[text].toList()).mapNotNull { (scores, label) ->
                    if (label < 0) null else ln(scores.sumOf { exp(it) }) - scores[label]
                }
            }
        return losses.average()
    }

    private fun layer(x: List<Row>): List<Row> {
        val attended = attention(x).zip(x) { y, own -> norm("$SHARED/attention/norm", own + y) }
        return attended.map { own ->
            val inside = linear("$SHARED/feedForward/up", own).map { gelu(it) }
            norm("$SHARED/feedForward/norm", own + linear("$SHARED/feedForward/down", inside))
        }
    }

    private fun attention(x: List<Row>): List<Row> {
        val (queries, keys, values) =
            listOf("query", "key", "value").map { map -> x.map { linear("$SHARED/attention/$map", it) } }
        val width = queries.first().size / heads
        return queries.map { query ->
            val joined =
                (0 until heads).flatMap { head ->
                    fun part(row: Row) = row.subList(head * width, (head + 1) * width)
                    val raised = keys.map { exp(dot(part(query), part(it)) / sqrt(width.toDouble())) }
                    (0 until width).map { at ->
                        values.indices.sumOf { raised[it] / raised.sum() * part(values[it])[at] }
                    }
                }
            linear("$SHARED/attention/output", joined)
        }
    }

    private fun row(name: String, width: Int, at: Int): Row =
        weights.getValue(name).slice(at * width until (at + 1) * width)

    private fun linear(name: String, x: Row): Row {
        val bias = weights.getValue("$name/bias")
        return bias.indices.map { dot(row("$name/weight", x.size, it), x) + bias[it] }
    }

    private fun norm(name: String, x: Row): Row {
        val deviation = sqrt(x.map { (it - x.average()).pow(2) }.average() + epsilon)
        val (gain, bias) = weights.getValue("$name/gain") to weights.getValue("$name/bias")
        return x.mapIndexed { at, number -> (number - x.average()) / deviation * gain[at] + bias[at] }
    }

    /** The form with a tanh. */
    private fun gelu(x: Double) = x / 2 * (1 + tanh(sqrt(2 / PI) * (x + 0.044715 * x.pow(3))))

    private fun dot(x: Row, y: Row) = x.indices.sumOf { x[it] * y[it] }

    companion object {
        /** How wide the table is. */
        const val NARROW = 6

        private const val SHARED = "encoder/shared"
        private const val SEGMENTS = "text/segments/embedding"
    }
}
