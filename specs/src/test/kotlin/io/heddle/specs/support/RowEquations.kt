package io.heddle.specs.support

import io.heddle.graph.Function
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.sqrt

fun function(function: Function, x: Double): Double =
    when (function) {
        Function.Exponential -> exp(x)
        Function.Logarithm -> ln(x)
        Function.Reciprocal -> 1.0 / x
        Function.Root -> sqrt(x)
        Function.Absolute -> abs(x)
        Function.Held -> x
    }

private fun rows(x: Numbers, row: (List<Double>) -> List<Double>): Numbers =
    (0 until x.rows).flatMap { row(x.row(it)) }.let { Numbers(x.shape, it.toDoubleArray()) }

fun softmax(x: Numbers): Numbers =
    rows(x) { row ->
        val exponentials = row.map { if (it == Double.NEGATIVE_INFINITY) 0.0 else exp(it - row.max()) }
        exponentials.map { if (it == 0.0) 0.0 else it / exponentials.sum() }
    }

fun softmaxGradient(y: Numbers, dy: Numbers): Numbers =
    Numbers.make(y.shape) { at ->
        val (row, column) = at / y.last to at % y.last
        // The Jacobian, number by number.
        (0 until y.last).sumOf {
            dy[row * y.last + it] * y[row * y.last + it] * ((if (it == column) 1.0 else 0.0) - y[at])
        }
    }

fun logSoftmax(x: Numbers): Numbers =
    rows(x) { row ->
        val highest = row.max()
        if (highest == Double.NEGATIVE_INFINITY) row else row.map { it - highest - ln(row.sumOf { exp(it - highest) }) }
    }

/** `values, places`. */
fun largest(count: Int, x: Numbers): List<Numbers> {
    val shape = x.shape.dropLast(1) + count
    val places =
        (0 until x.rows).map { row -> x.row(row).withIndex().sortedByDescending { it.value }.take(count) }.flatten()
    return listOf(
        Numbers(shape, places.map { it.value }.toDoubleArray()),
        Numbers(shape, places.map { it.index.toDouble() }.toDoubleArray()),
    )
}

fun sorted(x: Numbers): Numbers = rows(x) { row -> row.withIndex().sortedBy { it.value }.map { it.index.toDouble() } }
