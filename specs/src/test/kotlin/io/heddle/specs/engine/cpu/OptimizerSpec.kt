package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.Adam
import io.heddle.runtime.backend.cpu.MomentumDescent
import io.heddle.runtime.backend.cpu.SumOfSquares
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.pow
import kotlin.math.sqrt

class OptimizerSpec :
    FunSpec({
        test("Adam and AdamW follow their equations over many steps") {
            for ((penalty, decay) in listOf(0f to 0f, 0.01f to 0f, 0f to 0.1f)) {
                val adam = Adam(0.9f, 0.95f, 1e-8f, penalty, decay)
                val size = 101
                val parameters = Floats.random(size, 1)
                val first = Floats.zeros(size)
                val second = Floats.zeros(size)
                val p = parameters.doubles()
                val m = DoubleArray(size)
                val v = DoubleArray(size)
                for (step in 1..20) {
                    val gradients = Floats.random(size, 10 + step)
                    val starts = listOf(0, 37, size)
                    for ((from, to) in starts.zipWithNext()) {
                        adam.update(
                            parameters.address,
                            gradients.address,
                            first.address,
                            second.address,
                            0.01f,
                            0.5f,
                            step.toLong(),
                            from,
                            to,
                        )
                    }
                    for (i in 0 until size) {
                        val g = 0.5 * gradients[i] + penalty * p[i]
                        p[i] -= 0.01 * decay * p[i]
                        m[i] = 0.9 * m[i] + 0.1 * g
                        v[i] = 0.95 * v[i] + 0.05 * g * g
                        p[i] -= 0.01 * m[i] / (1 - 0.9.pow(step)) / (sqrt(v[i] / (1 - 0.95.pow(step))) + 1e-8)
                    }
                }
                parameters.shouldBeNear(p, 1e-5)
                first.shouldBeNear(m, 1e-6)
                second.shouldBeNear(v, 1e-6)
            }
        }

        test("descent with and without momentum follows its equation") {
            for (momentum in listOf(0f, 0.9f)) {
                val descent = MomentumDescent(momentum, 0.01f)
                val parameters = Floats.random(37, 1)
                val velocities = Floats.zeros(37)
                val p = parameters.doubles()
                val v = DoubleArray(37)
                for (step in 1..10) {
                    val gradients = Floats.random(37, 10 + step)
                    descent.update(
                        parameters.address,
                        gradients.address,
                        if (momentum == 0f) 0 else velocities.address,
                        0.1f,
                        2f,
                        0,
                        37,
                    )
                    for (i in 0 until 37) {
                        v[i] = momentum * v[i] + 2 * gradients[i] + 0.01 * p[i]
                        p[i] -= 0.1 * v[i]
                    }
                }
                parameters.shouldBeNear(p, 1e-5)
            }
        }

        test("a sum of squares is exact to double precision and the same for any workers") {
            for (size in listOf(1, 15, 16, 1000, 50_001)) {
                val x = Floats.random(size, 1, 1e-3f)
                x[0] = 1e20f
                val chunks = SumOfSquares.chunks(size)
                val partials = Floats.zeros(2 * chunks)
                withWorkers(chunks) { from, to, _ ->
                    SumOfSquares.partials(x.address, size, partials.address, from, to)
                }
                val total = SumOfSquares.total(partials.address, chunks)
                val expected = (0 until size).sumOf { x[it].toDouble() * x[it] }
                total / expected shouldBe (1.0 plusOrMinus 1e-12)
                SumOfSquares.partials(x.address, size, partials.address, 0, chunks)
                SumOfSquares.total(partials.address, chunks) shouldBe total
            }
        }
    })
