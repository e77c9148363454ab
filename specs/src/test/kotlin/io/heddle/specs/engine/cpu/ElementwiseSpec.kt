package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.Broadcast
import io.heddle.runtime.backend.cpu.ColumnSums
import io.heddle.runtime.backend.cpu.Elementwise
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ElementwiseSpec :
    FunSpec({
        test("sums, products and multiples are right for every length, and touch nothing else") {
            for (size in listOf(1, 2, 15, 16, 17, 33, 100)) {
                val x = Floats.random(size, 1)
                val y = Floats.random(size, 2)
                val z = Floats.unset(size)

                fun check(expected: (Int) -> Double) = z.shouldBeNear(DoubleArray(size, expected), 1e-6)

                withWorkers(size) { from, to, _ -> Elementwise.add(x.address, y.address, z.address, from, to) }
                check { x[it].toDouble() + y[it] }
                withWorkers(size) { from, to, _ -> Elementwise.multiply(x.address, y.address, z.address, from, to) }
                check { x[it].toDouble() * y[it] }
                withWorkers(size) { from, to, _ -> Elementwise.scale(x.address, -2.5f, z.address, from, to) }
                check { -2.5 * x[it] }
                Elementwise.accumulate(y.address, z.address, 0, size)
                check { -2.5 * x[it] + y[it] }
                Elementwise.accumulateScaled(x.address, 2.5f, z.address, 0, size)
                check { y[it].toDouble() }
                Elementwise.accumulateProduct(x.address, y.address, z.address, 0, size)
                check { y[it] + x[it].toDouble() * y[it] }
            }
        }

        test("a row or a column meets a matrix, and the gradient of what was broadcast is a sum") {
            for ((rows, width) in listOf(1 to 1, 3 to 5, 9 to 16, 20 to 33)) {
                val x = Floats.random(rows * width, 1)
                val above = Floats.random(rows * width, 2)
                val row = Floats.random(width, 3)
                val column = Floats.random(rows, 4)
                val y = Floats.unset(rows * width)
                withWorkers(rows) { from, to, _ -> Broadcast.add(x.address, row.address, y.address, width, from, to) }
                y.shouldBeNear(DoubleArray(y.size) { x[it].toDouble() + row[it % width] }, 1e-6)
                withWorkers(rows) { from, to, _ ->
                    Broadcast.multiply(x.address, row.address, y.address, width, from, to)
                }
                y.shouldBeNear(DoubleArray(y.size) { x[it].toDouble() * row[it % width] }, 1e-6)
                withWorkers(rows) { from, to, _ ->
                    Broadcast.multiplyRows(x.address, column.address, y.address, width, from, to)
                }
                y.shouldBeNear(DoubleArray(y.size) { x[it].toDouble() * column[it / width] }, 1e-6)

                val sums = Floats.unset(width)
                ColumnSums.sum(x.address, sums.address, rows, width, 0, width)
                val bits = sums.bits()
                withWorkers(width) { from, to, _ -> ColumnSums.sum(x.address, sums.address, rows, width, from, to) }
                sums.bits() shouldBe bits
                sums.shouldBeNear(
                    DoubleArray(width) { j -> (0 until rows).sumOf { x[it * width + j].toDouble() } },
                    1e-6,
                )
                withWorkers(width) { from, to, _ ->
                    ColumnSums.sumOfProducts(x.address, above.address, sums.address, rows, width, from, to)
                }
                sums.shouldBeNear(
                    DoubleArray(width) { j ->
                        (0 until rows).sumOf { x[it * width + j].toDouble() * above[it * width + j] }
                    },
                    1e-6,
                )
            }
        }
    })
