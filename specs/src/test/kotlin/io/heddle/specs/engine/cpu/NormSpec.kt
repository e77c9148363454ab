package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.LayerNorm
import io.heddle.runtime.backend.cpu.RmsNorm
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.math.sqrt

private const val EPSILON = 1e-5f

private class Norm(val rows: Int, val width: Int, val centred: Boolean, shift: Float = 0f) {
    val size = rows * width
    val x = Floats.random(size, 1, 2f).also { for (i in 0 until size) it[i] += shift }
    val gain = Floats.random(width, 2)
    val bias = Floats.random(width, 3)
    val above = Floats.random(size, 4)

    fun mean(row: Int): Double = if (centred) (0 until width).sumOf { x[row * width + it].toDouble() } / width else 0.0

    fun inverse(row: Int): Double {
        val mean = mean(row)
        val sum =
            (0 until width).sumOf {
                val d = x[row * width + it] - mean
                d * d
            }
        return 1 / sqrt(sum / width + EPSILON)
    }

    fun normal(index: Int): Double = (x[index] - mean(index / width)) * inverse(index / width)

    fun forward(withBias: Boolean): DoubleArray {
        val normals = normals()
        return DoubleArray(size) {
            normals[it] * gain[it % width] + (if (withBias) bias[it % width].toDouble() else 0.0)
        }
    }

    fun normals(): DoubleArray {
        val means = DoubleArray(rows, ::mean)
        val inverses = DoubleArray(rows, ::inverse)
        return DoubleArray(size) { (x[it] - means[it / width]) * inverses[it / width] }
    }

    fun gradient(): DoubleArray {
        val normals = normals()
        val result = DoubleArray(size)
        for (row in 0 until rows) {
            val columns = row * width until (row + 1) * width
            val scaled = columns.associateWith { above[it].toDouble() * gain[it % width] }
            val average = if (centred) scaled.values.average() else 0.0
            val product = columns.sumOf { scaled.getValue(it) * normals[it] } / width
            for (i in columns) result[i] = inverse(row) * (scaled.getValue(i) - average - normals[i] * product)
        }
        return result
    }

    fun gainGradient(): DoubleArray {
        val normals = normals()
        return DoubleArray(width) { j -> (0 until rows).sumOf { above[it * width + j] * normals[it * width + j] } }
    }

    fun biasGradient() = DoubleArray(width) { j -> (0 until rows).sumOf { above[it * width + j].toDouble() } }
}

private val SHAPES = listOf(1 to 1, 3 to 2, 1 to 16, 5 to 17, 9 to 33, 40 to 65, 8 to 384)

class NormSpec :
    FunSpec({
        test("layer norm and its gradients equal the plain formulas, with and without a bias") {
            for ((rows, width) in SHAPES) {
                val norm = Norm(rows, width, centred = true)
                val y = Floats.unset(norm.size)
                val means = Floats.unset(rows)
                val inverses = Floats.unset(rows)
                for (bias in listOf(norm.bias.address, 0L)) {
                    withWorkers(rows) { from, to, _ ->
                        LayerNorm.forward(
                            norm.x.address,
                            norm.gain.address,
                            bias,
                            y.address,
                            means.address,
                            inverses.address,
                            width,
                            EPSILON,
                            from,
                            to,
                        )
                    }
                    y.shouldBeNear(norm.forward(bias != 0L), 1e-5)
                }
                means.shouldBeNear(DoubleArray(rows, norm::mean), 1e-6)
                // A width of 1 has no deviation but rounding: 1 / sqrt(epsilon) magnifies it.
                inverses.shouldBeNear(DoubleArray(rows, norm::inverse), 1e-5)

                val gradient = Floats.unset(norm.size)
                withWorkers(rows) { from, to, _ ->
                    LayerNorm.backward(
                        norm.x.address,
                        norm.gain.address,
                        means.address,
                        inverses.address,
                        norm.above.address,
                        gradient.address,
                        width,
                        from,
                        to,
                    )
                }
                gradient.shouldBeNear(norm.gradient(), if (width < 3) 1e-3 else 1e-5)
                val gainGradient = Floats.unset(width)
                val biasGradient = Floats.unset(width)
                withWorkers(width, 16) { from, to, _ ->
                    LayerNorm.backwardParameters(
                        norm.x.address,
                        means.address,
                        inverses.address,
                        norm.above.address,
                        gainGradient.address,
                        biasGradient.address,
                        rows,
                        width,
                        from,
                        to,
                    )
                }
                gainGradient.shouldBeNear(norm.gainGradient(), 1e-5)
                biasGradient.shouldBeNear(norm.biasGradient(), 1e-5)
            }
        }

        test("layer norm of numbers far from 0 does not cancel") {
            val norm = Norm(4, 100, centred = true, shift = 1000f)
            val y = Floats.unset(norm.size)
            val kept = Floats.unset(8)
            LayerNorm.forward(
                norm.x.address,
                norm.gain.address,
                norm.bias.address,
                y.address,
                kept.address,
                kept.address + 16,
                100,
                EPSILON,
                0,
                4,
            )
            y.shouldBeNear(norm.forward(true), 2e-4)
        }

        test("root mean square norm and its gradients equal the plain formulas") {
            for ((rows, width) in SHAPES) {
                val norm = Norm(rows, width, centred = false)
                val y = Floats.unset(norm.size)
                val inverses = Floats.unset(rows)
                withWorkers(rows) { from, to, _ ->
                    RmsNorm.forward(
                        norm.x.address,
                        norm.gain.address,
                        y.address,
                        inverses.address,
                        width,
                        EPSILON,
                        from,
                        to,
                    )
                }
                y.shouldBeNear(norm.forward(false), 1e-5)
                inverses.shouldBeNear(DoubleArray(rows, norm::inverse), 1e-5)
                val gradient = Floats.unset(norm.size)
                withWorkers(rows) { from, to, _ ->
                    RmsNorm.backward(
                        norm.x.address,
                        norm.gain.address,
                        inverses.address,
                        norm.above.address,
                        gradient.address,
                        width,
                        from,
                        to,
                    )
                }
                gradient.shouldBeNear(norm.gradient(), 1e-5)
                val gainGradient = Floats.unset(width)
                withWorkers(width, 16) { from, to, _ ->
                    RmsNorm.backwardGain(
                        norm.x.address,
                        inverses.address,
                        norm.above.address,
                        gainGradient.address,
                        rows,
                        width,
                        from,
                        to,
                    )
                }
                gainGradient.shouldBeNear(norm.gainGradient(), 1e-5)
            }
        }

        test("closing a residual before a norm equals adding and then norming, bit by bit") {
            val norm = Norm(7, 65, centred = true)
            val residual = Floats.random(norm.size, 5)
            val expected = Floats.unset(norm.size)
            val y = Floats.unset(norm.size)
            val sum = Floats.unset(norm.size)
            val kept = Floats.unset(14)
            LayerNorm.forwardWithResidual(
                norm.x.address,
                residual.address,
                sum.address,
                norm.gain.address,
                norm.bias.address,
                y.address,
                kept.address,
                kept.address + 28,
                65,
                EPSILON,
                0,
                7,
            )
            sum.shouldBeNear(DoubleArray(norm.size) { norm.x[it].toDouble() + residual[it] }, 1e-6)
            LayerNorm.forward(
                sum.address,
                norm.gain.address,
                norm.bias.address,
                expected.address,
                kept.address,
                kept.address + 28,
                65,
                EPSILON,
                0,
                7,
            )
            y.bits() shouldBe expected.bits()
            RmsNorm.forwardWithResidual(
                norm.x.address,
                residual.address,
                sum.address,
                norm.gain.address,
                y.address,
                kept.address,
                65,
                EPSILON,
                0,
                7,
            )
            RmsNorm.forward(sum.address, norm.gain.address, expected.address, kept.address, 65, EPSILON, 0, 7)
            y.bits() shouldBe expected.bits()
        }
    })
