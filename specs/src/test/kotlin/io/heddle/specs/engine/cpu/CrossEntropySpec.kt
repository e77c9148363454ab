package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.CrossEntropy
import io.heddle.runtime.backend.cpu.Softmax
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.math.exp
import kotlin.math.ln

private class Loss(
    val rows: Int,
    val vocabulary: Int,
    val smoothing: Float,
    val logits: Floats = Floats.random(rows * vocabulary, 1, 5f),
    val labels: IntArray = IntArray(rows) { if (it % 4 == 3) -1 - it else (it * 7) % vocabulary },
) {
    val labelMemory = Floats.ofInts(labels)

    fun logSumExp(row: Int): Double {
        val largest = (0 until vocabulary).maxOf { logits[row * vocabulary + it].toDouble() }
        return largest + ln((0 until vocabulary).sumOf { exp(logits[row * vocabulary + it] - largest) })
    }

    fun logSumExps() = DoubleArray(rows) { if (labels[it] < 0) 0.0 else logSumExp(it) }

    fun losses() =
        DoubleArray(rows) { row ->
            if (labels[row] < 0) return@DoubleArray 0.0
            val sum = logSumExp(row)
            val mean = (0 until vocabulary).sumOf { logits[row * vocabulary + it].toDouble() } / vocabulary
            (1.0 - smoothing) * (sum - logits[row * vocabulary + labels[row]]) + smoothing * (sum - mean)
        }

    fun gradient(scale: Double): DoubleArray {
        val sums = DoubleArray(rows, ::logSumExp)
        return DoubleArray(rows * vocabulary) {
            val row = it / vocabulary
            val target = (if (it % vocabulary == labels[row]) 1.0 - smoothing else 0.0) + smoothing / vocabulary
            if (labels[row] < 0) 0.0 else scale * (exp(logits[it] - sums[row]) - target)
        }
    }
}

class CrossEntropySpec :
    FunSpec({
        test("losses and gradients equal the formulas, with smoothing and with rows that are ignored") {
            for ((rows, vocabulary) in listOf(1 to 1, 3 to 2, 9 to 16, 8 to 65, 5 to 1003)) {
                for (smoothing in listOf(0f, 0.1f)) {
                    val loss = Loss(rows, vocabulary, smoothing)
                    val losses = Floats.unset(rows)
                    val sums = Floats.unset(rows)
                    val gradient = Floats.unset(loss.logits.size)
                    val scale = Floats.of(0.25f)
                    withWorkers(rows) { from, to, _ ->
                        CrossEntropy.forward(
                            loss.logits.address,
                            loss.labelMemory.address,
                            losses.address,
                            sums.address,
                            vocabulary,
                            smoothing,
                            from,
                            to,
                        )
                    }
                    losses.shouldBeNear(loss.losses(), 1e-6)
                    sums.shouldBeNear(loss.logSumExps(), 1e-6)
                    withWorkers(rows) { from, to, _ ->
                        CrossEntropy.backward(
                            loss.logits.address,
                            loss.labelMemory.address,
                            sums.address,
                            scale.address,
                            gradient.address,
                            vocabulary,
                            smoothing,
                            from,
                            to,
                        )
                    }
                    gradient.shouldBeNear(loss.gradient(0.25), 1e-6)

                    val expectedLosses = loss.losses()
                    val expectedGradient = loss.gradient(1.0)
                    CrossEntropy.forwardAndBackward(
                        loss.logits.address,
                        loss.labelMemory.address,
                        losses.address,
                        loss.logits.address,
                        vocabulary,
                        smoothing,
                        0,
                        rows,
                    )
                    losses.shouldBeNear(expectedLosses, 1e-6)
                    loss.logits.shouldBeNear(expectedGradient, 1e-6)
                }
            }
        }

        test("extreme logits give the exact loss: neither infinity nor NaN") {
            val logits = Floats.of(1e4f, -1e4f, 0f, -3e38f, 3e38f, 0f, -500f, -500f, -500f)
            val loss = Loss(3, 3, 0f, logits, intArrayOf(1, 1, 2))
            val losses = Floats.unset(3)
            val gradient = Floats.unset(9)
            CrossEntropy.forwardAndBackward(
                logits.address,
                loss.labelMemory.address,
                losses.address,
                gradient.address,
                3,
                0f,
                0,
                3,
            )
            losses.shouldBeNear(doubleArrayOf(2e4, 0.0, ln(3.0)), 1e-6)
            gradient.shouldBeNear(loss.gradient(1.0), 1e-6)
        }

        test("a label that is no row of the vocabulary is refused in words") {
            val loss = Loss(2, 3, 0f, labels = intArrayOf(0, 3))
            val out = Floats.unset(4)
            shouldThrow<IndexOutOfBoundsException> {
                    CrossEntropy.forward(
                        loss.logits.address,
                        loss.labelMemory.address,
                        out.address,
                        out.address + 8,
                        3,
                        0f,
                        0,
                        2,
                    )
                }
                .message shouldBe "Row 1 has label 3, but there are 3 logits."
        }

        test("softmax and its gradient equal the formulas; a row of minus infinity becomes 0") {
            for ((rows, width) in listOf(1 to 1, 3 to 5, 4 to 16, 7 to 65)) {
                val x = Floats.random(rows * width, 1, 20f)
                for (i in 0 until width) x[i] = if (rows > 1) Float.NEGATIVE_INFINITY else 3f
                val above = Floats.random(rows * width, 2)
                val y = Floats.unset(x.size)
                val gradient = Floats.unset(x.size)
                withWorkers(rows) { from, to, _ -> Softmax.forward(x.address, y.address, width, from, to) }
                val expected =
                    DoubleArray(x.size) { at ->
                        val row = at / width * width until at / width * width + width
                        if (x[row.first] == Float.NEGATIVE_INFINITY) return@DoubleArray 0.0
                        1 / row.sumOf { exp(x[it].toDouble() - x[at]) }
                    }
                y.shouldBeNear(expected, 1e-6)
                withWorkers(rows) { from, to, _ ->
                    Softmax.backward(y.address, above.address, gradient.address, width, from, to)
                }
                gradient.shouldBeNear(
                    DoubleArray(x.size) { at ->
                        val row = at / width * width until at / width * width + width
                        expected[at] * (above[at] - row.sumOf { expected[it] * above[it] })
                    },
                    1e-6,
                )
            }
        }
    })
