package io.heddle.specs.support

import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.runtime.random.DropoutStream
import io.heddle.terms.Activation
import io.heddle.terms.Elu
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.Identity
import io.heddle.terms.QuickGelu
import io.heddle.terms.Relu
import io.heddle.terms.Sigmoid
import io.heddle.terms.Silu
import io.heddle.terms.Softplus
import io.heddle.terms.SquaredRelu
import io.heddle.terms.Tanh
import kotlin.math.PI
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.pow
import kotlin.math.sign
import kotlin.math.sqrt
import kotlin.math.tanh

fun product(form: ProductForm, left: Numbers, right: Numbers): Numbers =
    when (form) {
        ProductForm.RowsByRows -> {
            val (outputs, inner) = right.shape
            product(left, outputs) { row, column ->
                (0 until inner).sumOf { left[row * inner + it] * right[column * inner + it] }
            }
        }
        ProductForm.RowsByColumns -> {
            val (inner, outputs) = right.shape
            product(left, outputs) { row, column ->
                (0 until inner).sumOf { left[row * inner + it] * right[it * outputs + column] }
            }
        }
        ProductForm.ColumnsByColumns -> {
            val (m, n) = left.last to right.last
            Numbers.make(listOf(m, n)) { at ->
                (0 until left.rows).sumOf { row -> left[row * m + at / n] * right[row * n + at % n] }
            }
        }
    }

private fun product(left: Numbers, outputs: Int, number: (Int, Int) -> Double) =
    Numbers.make(left.shape.dropLast(1) + outputs) { number(it / outputs, it % outputs) }

/** [right] is repeated over the leading dims of [left]. */
fun pairwise(left: Numbers, right: Numbers, combine: (Double, Double) -> Double): Numbers =
    Numbers.make(left.shape) { combine(left[it], right[it % right.size]) }

fun sumLeading(x: Numbers, kept: Int): Numbers {
    val size = x.trailing(kept)
    return Numbers.make(x.shape.takeLast(kept)) { at -> (at until x.size step size).sumOf { x[it] } }
}

fun dropout(op: Op.Dropout, x: Numbers, randomness: Numbers): Numbers {
    val stream = DropoutStream.of(op.stream, op.rate, randomness.int(0), randomness.int(1))
    return Numbers.make(x.shape) { if (stream.keeps(it.toLong())) x[it] / (1.0 - op.rate) else 0.0 }
}

fun activation(activation: Activation, x: Double): Double =
    when (activation) {
        Relu -> maxOf(0.0, x)
        Gelu -> x * normalIntegral(x)
        GeluTanh -> x / 2.0 * (1.0 + tanh(geluTanhInner(x)))
        QuickGelu -> x * sigmoid(QUICK_GELU * x)
        Silu -> x * sigmoid(x)
        SquaredRelu -> maxOf(0.0, x).pow(2)
        Elu -> if (x > 0.0) x else exp(x) - 1.0
        Softplus -> ln(1.0 + exp(x))
        Sigmoid -> sigmoid(x)
        Tanh -> tanh(x)
        Identity -> x
    }

/** The derivative of [activation] at [x]; 0 at the kink of relu. */
fun derivative(activation: Activation, x: Double): Double =
    when (activation) {
        Relu -> if (x > 0.0) 1.0 else 0.0
        Gelu -> normalIntegral(x) + x * exp(-x * x / 2.0) / sqrt(2.0 * PI)
        GeluTanh -> {
            val t = tanh(geluTanhInner(x))
            val inner = sqrt(2.0 / PI) * (1.0 + 3.0 * GELU_CUBIC * x * x)
            (1.0 + t) / 2.0 + x / 2.0 * (1.0 - t * t) * inner
        }
        QuickGelu -> sigmoid(QUICK_GELU * x).let { it + QUICK_GELU * x * it * (1.0 - it) }
        Silu -> sigmoid(x).let { it + x * it * (1.0 - it) }
        SquaredRelu -> 2.0 * maxOf(0.0, x)
        Elu -> if (x > 0.0) 1.0 else exp(x)
        Softplus -> sigmoid(x)
        Sigmoid -> sigmoid(x).let { it * (1.0 - it) }
        Tanh -> 1.0 - tanh(x).pow(2)
        Identity -> 1.0
    }

private const val QUICK_GELU = 1.702
private const val GELU_CUBIC = 0.044715

private fun sigmoid(x: Double) = 1.0 / (1.0 + exp(-x))

private fun geluTanhInner(x: Double) = sqrt(2.0 / PI) * (x + GELU_CUBIC * x.pow(3))

private fun normalIntegral(x: Double) = (1.0 + erf(x / sqrt(2.0))) / 2.0

/** `2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (2n+1)!!` (Abramowitz and Stegun 7.1.6): terms of one sign. */
private fun erf(x: Double): Double {
    if (abs(x) > ERF_IS_ONE) return sign(x)
    var term = x
    var sum = x
    var odd = 1
    while (abs(term) > abs(sum) * ERF_PRECISION) {
        odd += 2
        term *= 2.0 * x * x / odd
        sum += term
    }
    return 2.0 / sqrt(PI) * exp(-x * x) * sum
}

private const val ERF_IS_ONE = 6.0
private const val ERF_PRECISION = 1e-18
