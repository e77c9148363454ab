package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.Embedding
import io.heddle.runtime.backend.cpu.Rotary
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.math.cos
import kotlin.math.sin

class TablesSpec :
    FunSpec({
        test("an embedding copies rows, and its gradient adds repeated ids up, with the same bits for any workers") {
            for (width in listOf(1, 7, 16, 65)) {
                val vocabulary = 11
                val ids = IntArray(50) { (it * it) % vocabulary }
                val idMemory = Floats.ofInts(ids)
                val table = Floats.random(vocabulary * width, 1)
                val y = Floats.unset(ids.size * width)
                withWorkers(ids.size) { from, to, _ ->
                    Embedding.forward(table.address, idMemory.address, y.address, vocabulary, width, from, to)
                }
                y.shouldBeNear(DoubleArray(y.size) { table[ids[it / width] * width + it % width].toDouble() }, 0.0)

                val above = Floats.random(y.size, 2)
                val expected = table.doubles()
                for (i in 0 until y.size) expected[ids[i / width] * width + i % width] += above[i].toDouble()
                val gradient = table.copy()
                val again = table.copy()
                Embedding.accumulateGradient(
                    idMemory.address,
                    above.address,
                    gradient.address,
                    ids.size,
                    vocabulary,
                    width,
                    0,
                    width,
                )
                for (j in 0 until width) {
                    Embedding.accumulateGradient(
                        idMemory.address,
                        above.address,
                        again.address,
                        ids.size,
                        vocabulary,
                        width,
                        j,
                        j + 1,
                    )
                }
                gradient.shouldBeNear(expected, 1e-5)
                again.bits() shouldBe gradient.bits()
            }
        }

        test("an id outside of the table is refused in words") {
            val y = Floats.unset(4)
            for (id in listOf(-1, 2)) {
                val ids = Floats.ofInts(intArrayOf(0, id))
                shouldThrow<IndexOutOfBoundsException> {
                        Embedding.forward(y.address, ids.address, y.address, 2, 2, 0, 2)
                    }
                    .message shouldBe "Row 1 asks for id $id of a table with 2 rows."
            }
        }

        test("rotary positions turn pairs by their angle, and back; the rest of a head is copied") {
            for (rotary in Rotary.entries) {
                for ((headWidth, rotaryWidth) in listOf(2 to 2, 8 to 8, 12 to 6, 64 to 64, 70 to 36)) {
                    val rows = Rotary.Rows(5, 3, 2 * headWidth + 3, 2, headWidth, rotaryWidth)
                    val half = rotaryWidth / 2
                    val angles = DoubleArray(8 * half) { 0.3 * (it / half) / (1 + it % half) }
                    val cosines = Floats(angles.size) { cos(angles[it]).toFloat() }
                    val sines = Floats(angles.size) { sin(angles[it]).toFloat() }
                    val x = Floats.random(10 * rows.stride(), 1)
                    val expected = x.doubles()
                    for (row in 0 until 10) {
                        for (head in 0 until 2) {
                            for (i in 0 until half) {
                                val start = row * rows.stride() + head * headWidth
                                val left = start + if (rotary == Rotary.HALVES) i else 2 * i
                                val right = if (rotary == Rotary.HALVES) left + half else left + 1
                                val angle = angles[(3 + row % 5) * half + i]
                                expected[left] = x[left] * cos(angle) - x[right] * sin(angle)
                                expected[right] = x[left] * sin(angle) + x[right] * cos(angle)
                            }
                        }
                    }
                    val y = x.copy()
                    withWorkers(10) { from, to, _ ->
                        rotary.forward(x.address, y.address, cosines.address, sines.address, rows, from, to)
                    }
                    y.shouldBeNear(expected, 1e-6)
                    withWorkers(10) { from, to, worker ->
                        if (worker >= 0 && to - from < 10) {
                            rotary.backward(y.address, y.address, cosines.address, sines.address, rows, from, to)
                        }
                    }
                    y.shouldBeNear(x.doubles(), 1e-6)
                }
            }
        }
    })
