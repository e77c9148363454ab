package io.heddle.specs.engine.portable

import io.heddle.check.ProblemsException
import io.heddle.graph.Distance
import io.heddle.graph.Element
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.TensorType
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.TrialBuilder
import io.heddle.specs.support.run
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.pow
import kotlin.math.sin

private fun size(size: Int) = TrialBuilder.shape(listOf(size))[0]

/** What is made of positions is what the papers and their code say, in numbers that can be looked up. */
class PlacesSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))

        fun made(op: Op, vararg inputs: Numbers): Numbers {
            val graph =
                GraphBuilder().run {
                    val values = inputs.mapIndexed { at, numbers -> first(op.input(at, numbers), "input$at") }
                    output("made", first(op, "here", *values.toTypedArray()))
                    build()
                }
            return engine.run(graph, inputs.indices.associate { "input$it" to inputs[it] }).getValue("made")
        }

        fun distances(distance: Distance, offset: Int, queries: Int, keys: Int): List<List<Int>> {
            val op = Op.Distances(distance, size(queries), size(keys))
            return made(op, Numbers.scalar(offset.toDouble())).data.map { it.toInt() }.chunked(keys)
        }

        "T5's buckets are exact up to 7, then grow by the square root of 2" {
            val far = distances(Distance.Buckets(32, 128, bothSides = true), 0, 1, 200)[0]
            val starts = listOf(8, 12, 16, 23, 32, 46, 64, 91)
            val expected =
                (0 until 200).map { distance -> if (distance < 8) distance else 7 + starts.count { it <= distance } }
            far shouldBe expected.map { if (it == 0) 0 else it + 16 }
            // Looking back, from the last position to the first.
            distances(Distance.Buckets(32, 128, bothSides = true), 199, 1, 200)[0].reversed() shouldBe expected
        }

        "T5's decoder has all buckets for what lies behind, and one for all that lies ahead" {
            val back = distances(Distance.Buckets(32, 128, bothSides = false), 299, 1, 320)[0]
            back.drop(299).toSet() shouldBe setOf(0)
            val behind = back.take(300).reversed()
            behind.take(16) shouldBe (0 until 16).toList()
            val starts = listOf(16, 19, 21, 24, 27, 31, 35, 40, 46, 52, 59, 67, 77, 87, 99, 113)
            behind.drop(16) shouldBe (16 until 300).map { distance -> 15 + starts.count { it <= distance } }
        }

        "Swin's pairs of a window of 2 by 2 have the numbers of its published code" {
            distances(Distance.Grid(2, size(2)), 0, 4, 4) shouldBe
                listOf(listOf(4, 3, 1, 0), listOf(5, 4, 2, 1), listOf(7, 6, 4, 3), listOf(8, 7, 5, 4))
        }

        "clipped distances end at the reach, plain ones do not" {
            distances(Distance.Clipped(2), 3, 1, 8)[0] shouldBe listOf(0, 0, 1, 2, 3, 4, 4, 4)
            distances(Distance.Plain, 3, 1, 8)[0] shouldBe listOf(3, 2, 1, 0, 1, 2, 3, 4)
        }

        "waves of a picture turn once over its rows, and once over its columns" {
            val waves = made(Op.GridWaves(size(8), size(3), size(2)))
            waves.shape shouldBe listOf(6, 8)
            // Row 1 of 3 and column 0 of 2.
            val row = 2.0 * PI * 2.0 / (3.0 + 1e-6)
            val column = 2.0 * PI / (2.0 + 1e-6)
            val slow = 10_000.0.pow(-0.5)
            val expected = listOf(row, column).flatMap { listOf(sin(it), cos(it), sin(it * slow), cos(it * slow)) }
            waves.row(2).zip(expected) { actual, wave -> actual shouldBe (wave plusOrMinus 1e-12) }
        }

        "a source is spread evenly, halves to the even place" {
            val (sources, targets) = Numbers.indices(3, 5, 4, 1, 0) to Numbers.indices(5, 3, 1, 4, 2)
            made(Op.Spread(size(5)), sources, targets).data.map { it.toInt() }.chunked(5) shouldBe
                listOf(
                    listOf(0, 0, 1, 2, 2),
                    listOf(0, 2, 4, -1, -1),
                    listOf(0, -1, -1, -1, -1),
                    listOf(0, 0, 0, 0, -1),
                    listOf(-1, -1, -1, -1, -1),
                )
        }

        "first choices come before second ones, and a full expert takes no more" {
            val chosen = Numbers(listOf(4, 2), doubleArrayOf(0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0))
            made(Op.Dispatch(2), chosen, Numbers.scalar(2.0)).data.map { it.toInt() } shouldBe
                listOf(0, 3, 1, -1, -1, -1, 2, -1)
        }

        "a place outside of its rows is refused" {
            val rows = Numbers(listOf(2, 1), doubleArrayOf(1.0, 2.0))
            shouldThrow<ProblemsException> { made(Op.Gather, rows, Numbers.indices(0, -1, 2)) }.message shouldBe
                "here: place 2, number 2 of them, is not one of 2 rows\n" +
                    "  Give whole numbers from 0 to 1. A negative one stands for no row."
        }
    })

/** Costs and rows are real; all else that these ops take is whole. */
private fun Op.input(at: Int, numbers: Numbers): Op.Input {
    val element = if (this is Op.Gather && at == 0) Element.Real else Element.Index
    return Op.Input("input$at", TensorType(element, TrialBuilder.shape(numbers.shape)))
}
