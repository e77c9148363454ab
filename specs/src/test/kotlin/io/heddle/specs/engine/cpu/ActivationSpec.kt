package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.Activation
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.floats.shouldBeNaN
import kotlin.math.PI
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.sqrt
import kotlin.math.tanh

/** The distribution function of the standard normal, by its series of positive terms: exact to some 1e-15. */
internal fun normalDistribution(x: Double): Double {
    if (abs(x) > 9) return if (x > 0) 1.0 else 0.0
    var term = abs(x)
    var sum = term
    var k = 1
    while (term > 1e-18 * sum) {
        term *= x * x / (2 * k + 1)
        sum += term
        k++
    }
    val half = sum * exp(-x * x / 2) / sqrt(2 * PI)
    return if (x > 0) 0.5 + half else 0.5 - half
}

private fun sigmoid(x: Double) = 1 / (1 + exp(-x))

private fun exact(activation: Activation, x: Double): Double =
    when (activation) {
        Activation.RELU -> maxOf(x, 0.0)
        Activation.GELU -> x * normalDistribution(x)
        Activation.GELU_TANH -> 0.5 * x * (1 + tanh(sqrt(2 / PI) * (x + 0.044715 * x * x * x)))
        Activation.SILU -> x * sigmoid(x)
        Activation.QUICK_GELU -> x * sigmoid(1.702 * x)
        Activation.SIGMOID -> sigmoid(x)
        Activation.TANH -> tanh(x)
        Activation.ELU -> if (x > 0) x else exp(x) - 1
    }

private fun exactSlope(activation: Activation, x: Double): Double =
    when (activation) {
        Activation.RELU -> if (x > 0) 1.0 else 0.0
        // its second derivative leaps at 0, where differences of several points go wrong
        Activation.ELU -> if (x > 0) 1.0 else exp(x)
        else -> {
            val step = 1e-3
            // Five points: the error is some 1e-13.
            (exact(activation, x - 2 * step) - 8 * exact(activation, x - step) + 8 * exact(activation, x + step) -
                exact(activation, x + 2 * step)) / (12 * step)
        }
    }

class ActivationSpec :
    FunSpec({
        test("every function is within 3e-7 of double precision and every slope within 1e-6, relative above 1") {
            val x = Floats(100_003) { -12f + 24f * it / 100_002 }
            val y = Floats.unset(x.size)
            val gradient = Floats.unset(x.size)
            val ones = Floats(x.size) { 1f }
            for (activation in Activation.entries) {
                withWorkers(x.size) { from, to, _ -> activation.forward(x.address, y.address, from, to) }
                withWorkers(x.size) { from, to, _ ->
                    activation.backward(x.address, ones.address, gradient.address, from, to)
                }
                withClue(activation) {
                    y.shouldBeNear(DoubleArray(x.size) { exact(activation, x[it].toDouble()) }, 3e-7)
                    gradient.shouldBeNear(DoubleArray(x.size) { exactSlope(activation, x[it].toDouble()) }, 1e-6)
                }
            }
        }

        test("gelu's distribution function has an error below 1e-7") {
            val x = Floats(200_001) { (it - 100_000) * 6e-5f }
            val y = Floats.unset(x.size)
            Activation.GELU.forward(x.address, y.address, 0, x.size)
            for (i in 0 until x.size) {
                val exact = exact(Activation.GELU, x[i].toDouble())
                // Beyond 1 the last bit of the result alone is 1e-7 or more.
                abs(y[i] - exact) / maxOf(1.0, abs(exact)) shouldBeLessThan 1.2e-7
            }
        }

        test("small arguments keep their relative precision") {
            val x = Floats(1000) { (it + 1) * 1e-6f }
            val y = Floats.unset(1000)
            Activation.TANH.forward(x.address, y.address, 0, 1000)
            for (i in 0 until 1000) abs(y[i] / tanh(x[i].toDouble()) - 1) shouldBeLessThan 4e-7
        }

        test("arguments far out give limits and never NaN, and NaN stays NaN") {
            val x = Floats.of(-3e38f, -1000f, -60f, 0f, 60f, 1000f, 3e38f)
            val ones = Floats(x.size) { 1f }
            for (activation in Activation.entries) {
                val y = Floats.unset(x.size)
                val gradient = Floats.unset(x.size)
                activation.forward(x.address, y.address, 0, x.size)
                activation.backward(x.address, ones.address, gradient.address, 0, x.size)
                withClue(activation) {
                    y.shouldBeNear(DoubleArray(x.size) { exact(activation, x[it].toDouble()) }, 1e-6)
                    val flat = activation == Activation.SIGMOID || activation == Activation.TANH
                    abs(gradient[0]).toDouble() shouldBeLessThan 1e-30
                    abs(gradient[6] - (if (flat) 0f else 1f)).toDouble() shouldBeLessThan 1e-6
                    val nan = Floats.of(Float.NaN)
                    activation.forward(nan.address, nan.address, 0, 1)
                    nan[0].shouldBeNaN()
                }
            }
        }

        test("bias and function in one pass equal the two of them, forward and backward") {
            for (width in listOf(1, 15, 16, 65)) {
                val rows = 5
                val x = Floats.random(rows * width, 1, 3f)
                val bias = Floats.random(width, 2)
                val above = Floats.random(x.size, 3)
                val sum = Floats(x.size) { x[it] + bias[it % width] }
                for (activation in Activation.entries) {
                    val y = Floats.unset(x.size)
                    withWorkers(rows) { from, to, _ ->
                        activation.forwardWithBias(x.address, bias.address, y.address, width, from, to)
                    }
                    y.shouldBeNear(DoubleArray(x.size) { exact(activation, sum[it].toDouble()) }, 3e-7)
                    val gradient = Floats.unset(x.size)
                    withWorkers(rows) { from, to, _ ->
                        activation.backwardWithBias(
                            x.address,
                            bias.address,
                            above.address,
                            gradient.address,
                            width,
                            from,
                            to,
                        )
                    }
                    val expected = DoubleArray(x.size) { exactSlope(activation, sum[it].toDouble()) * above[it] }
                    gradient.shouldBeNear(expected, 1e-6)
                    val inPlace = sum.copy()
                    activation.backward(inPlace.address, above.address, inPlace.address, 0, sum.size)
                    gradient.shouldBeNear(inPlace.doubles(), 1e-6)
                }
            }
        }
    })
