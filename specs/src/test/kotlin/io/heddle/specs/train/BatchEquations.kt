package io.heddle.specs.train

import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.sqrt

/** Vectors that are no padding, row by row. */
typealias Rows = List<List<Double>>

private fun Rows.columns(of: (List<Double>) -> Double): List<Double> =
    first().indices.map { of(map { row -> row[it] }) }

private fun Rows.each(number: (at: Int, column: Int) -> Double): Rows =
    indices.map { at -> first().indices.map { number(at, it) } }

private operator fun Rows.times(other: Rows): Rows = each { at, column -> this[at][column] * other[at][column] }

private fun Rows.means(): List<Double> = columns { it.average() }

/** A norm over a batch, written from its paper: what it makes of a batch, and what it keeps. */
interface BatchEquations {
    /** What it keeps, by the last word of its path. */
    val kept: Map<String, List<Double>>

    /** The unit vectors of a batch of training; what is kept moves. */
    fun forward(x: Rows): Rows

    /** The gradient of the last batch, of that of its unit vectors. */
    fun backward(g: Rows): Rows

    /** The unit vectors of evaluation. */
    fun evaluated(x: Rows): Rows
}

/** Algorithms 1 and 2 of arXiv 2003.07845, `momentum` being 1 - alpha. */
class PowerEquations(width: Int, private val epsilon: Double, private val momentum: Double) : BatchEquations {
    private var square = List(width) { 1.0 }
    private var correction = List(width) { 0.0 }
    private var psi = square
    private lateinit var n: Rows

    override val kept
        get() = mapOf("square" to square, "correction" to correction)

    override fun forward(x: Rows): Rows {
        n = evaluated(x)
        psi = square.map { sqrt(it + epsilon) }
        square = square.zip((x * x).means()) { old, new -> (1 - momentum) * old + momentum * new }
        return n
    }

    override fun backward(g: Rows): Rows {
        val dx = g.each { at, column -> (g[at][column] - correction[column] * n[at][column]) / psi[column] }
        val (gamma, lambda) = (n * n).means() to (g * n).means()
        correction = correction.indices.map { correction[it] * (1 - momentum * gamma[it]) + momentum * lambda[it] }
        return dx
    }

    override fun evaluated(x: Rows) = x.each { at, column -> x[at][column] / sqrt(square[column] + epsilon) }
}

/** Algorithms 1 and 2 of arXiv 1502.03167, and the running averages of torch.nn.BatchNorm1d. */
class BatchNormEquations(width: Int, private val epsilon: Double, private val momentum: Double) : BatchEquations {
    private var mean = List(width) { 0.0 }
    private var variance = List(width) { 1.0 }
    private var deviation = variance
    private lateinit var n: Rows

    override val kept
        get() = mapOf("mean" to mean, "variance" to variance)

    override fun forward(x: Rows): Rows {
        val means = x.means()
        val centered = x.each { at, column -> x[at][column] - means[column] }
        val biased = (centered * centered).means()
        deviation = biased.map { sqrt(it + epsilon) }
        val unbiased = biased.map { it * x.size / (x.size - 1) }
        mean = mean.zip(means) { old, new -> (1 - momentum) * old + momentum * new }
        variance = variance.zip(unbiased) { old, new -> (1 - momentum) * old + momentum * new }
        n = x.each { at, column -> centered[at][column] / deviation[column] }
        return n
    }

    override fun backward(g: Rows): Rows {
        val (ofG, ofGn) = g.means() to (g * n).means()
        return g.each { at, column -> (g[at][column] - ofG[column] - n[at][column] * ofGn[column]) / deviation[column] }
    }

    override fun evaluated(x: Rows) =
        x.each { at, column -> (x[at][column] - mean[column]) / sqrt(variance[column] + epsilon) }
}

/** `y = gain * n + bias`, and the mean of `-log softmax(weight y)[label]`, with their gradients. */
class Scored(
    private val n: Rows,
    private val gain: List<Double>,
    bias: List<Double>,
    weight: Rows,
    private val labels: List<Int>,
) {
    private val y = n.each { at, column -> gain[column] * n[at][column] + bias[column] }
    private val chances =
        y.map { row ->
            val scores = weight.map { words -> words.zip(row, Double::times).sum() }.map { exp(it) }
            scores.map { it / scores.sum() }
        }
    private val dy =
        y.each { at, column ->
            weight.indices.sumOf { word ->
                (chances[at][word] - if (labels[at] == word) 1.0 else 0.0) * weight[word][column]
            } / labels.size
        }

    val loss = labels.indices.sumOf { -ln(chances[it][labels[it]]) } / labels.size
    val toUnit = dy.each { at, column -> gain[column] * dy[at][column] }
    val toGain = (dy * n).columns { it.sum() }
    val toBias = dy.columns { it.sum() }
}
