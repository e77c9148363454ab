package io.heddle.specs.support

import kotlin.math.pow
import kotlin.math.sqrt

/** `y, mean, inverseDeviation` with the variance over all numbers of a row, not one less. */
fun layerNorm(x: Numbers, gain: Numbers, bias: Numbers?, epsilon: Double): List<Numbers> {
    val statistics = x.shape.dropLast(1)
    val mean = Numbers.make(statistics) { x.row(it).average() }
    val inverseDeviation =
        Numbers.make(statistics) { row -> 1.0 / sqrt(x.row(row).map { (it - mean[row]).pow(2) }.average() + epsilon) }
    val y =
        Numbers.make(x.shape) { at ->
            val (row, column) = at / x.last to at % x.last
            (x[at] - mean[row]) * inverseDeviation[row] * gain[column] + (bias?.get(column) ?: 0.0)
        }
    return listOf(y, mean, inverseDeviation)
}

/**
 * `dx, dgain` by the chain rule through the mean and the deviation one after the other, not by the shortened formula
 * that kernels use.
 */
fun layerNormGradient(x: Numbers, gain: Numbers, mean: Numbers, inverseDeviation: Numbers, dy: Numbers): List<Numbers> {
    val dx = DoubleArray(x.size)
    val width = x.last
    for (row in 0 until x.rows) {
        val inverse = inverseDeviation[row]
        val centred = x.row(row).map { it - mean[row] }
        val dNormed = dy.row(row).mapIndexed { column, value -> value * gain[column] }
        val dInverse = centred.zip(dNormed).sumOf { (c, d) -> c * d }
        val dVariance = dInverse * -0.5 * inverse.pow(3)
        val dCentred = List(width) { dNormed[it] * inverse + dVariance * 2.0 * centred[it] / width }
        val dMean = -dCentred.sum()
        for (column in 0 until width) dx[row * width + column] = dCentred[column] + dMean / width
    }
    val dGain =
        Numbers.make(listOf(width)) { column ->
            (0 until x.rows).sumOf { row ->
                val at = row * width + column
                dy[at] * (x[at] - mean[row]) * inverseDeviation[row]
            }
        }
    return listOf(Numbers(x.shape, dx), dGain)
}

/** `y, inverseRoot`. */
fun rmsNorm(x: Numbers, gain: Numbers, epsilon: Double): List<Numbers> {
    val inverseRoot =
        Numbers.make(x.shape.dropLast(1)) { row -> 1.0 / sqrt(x.row(row).map { it * it }.average() + epsilon) }
    val y = Numbers.make(x.shape) { x[it] * inverseRoot[it / x.last] * gain[it % x.last] }
    return listOf(y, inverseRoot)
}

/** `dx, dgain`, by the chain rule through the root. */
fun rmsNormGradient(x: Numbers, gain: Numbers, inverseRoot: Numbers, dy: Numbers): List<Numbers> {
    val width = x.last
    val dx =
        Numbers.make(x.shape) { at ->
            val row = at / width
            val dInverse = (0 until width).sumOf { dy[row * width + it] * gain[it] * x[row * width + it] }
            val dMeanSquare = dInverse * -0.5 * inverseRoot[row].pow(3)
            dy[at] * gain[at % width] * inverseRoot[row] + dMeanSquare * 2.0 * x[at] / width
        }
    val dGain =
        Numbers.make(listOf(width)) { column ->
            (0 until x.rows).sumOf { row -> dy[row * width + column] * x[row * width + column] * inverseRoot[row] }
        }
    return listOf(dx, dGain)
}
