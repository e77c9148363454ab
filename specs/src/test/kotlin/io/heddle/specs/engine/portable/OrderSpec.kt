package io.heddle.specs.engine.portable

import io.heddle.graph.Element
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.TrialBuilder
import io.heddle.specs.support.match
import io.heddle.specs.support.run
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.exp
import kotlin.math.ln
import kotlin.random.Random

/** Rows, orders, matchings and chains, where the corners are. */
class OrderSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))

        fun made(op: Op, vararg inputs: Pair<Element, Numbers>): List<Numbers> {
            val graph =
                GraphBuilder().run {
                    val values =
                        inputs.mapIndexed { at, (element, numbers) ->
                            first(Op.Input("input$at", TrialBuilder.type(element, numbers.shape)), "input$at")
                        }
                    add(op, values, "here").forEachIndexed { at, value -> output("made$at", value) }
                    build()
                }
            val given = inputs.indices.associate { "input$it" to inputs[it].second }
            return engine.run(graph, given).values.toList()
        }

        fun places(op: Op, vararg numbers: Double) =
            made(op, Element.Real to Numbers.of(*numbers)).last().data.map { it.toInt() }

        "equals keep their places, zeros of both signs are equal, and what is no number comes last" {
            places(Op.Sort, 2.0, -0.0, Double.NaN, 0.0, 2.0, -1.0) shouldBe listOf(5, 1, 3, 0, 4, 2)
            places(Op.Largest(4), 2.0, 0.0, Double.NaN, -0.0, 2.0, -1.0) shouldBe listOf(2, 0, 4, 1)
            places(Op.Largest(1), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY) shouldBe listOf(0)
            places(Op.Sort, 4.0) shouldBe listOf(0)
        }

        "a row of nothing has no probability, and a large number does not overflow" {
            val none = Double.NEGATIVE_INFINITY
            val rows = Numbers(listOf(2, 2), doubleArrayOf(none, none, 1e4, none))
            made(Op.Softmax, Element.Real to rows)[0].data.toList() shouldBe listOf(0.0, 0.0, 1.0, 0.0)
            made(Op.LogSoftmax, Element.Real to rows)[0].data.toList() shouldBe listOf(none, none, 0.0, none)
        }

        "rows of any length are sorted" {
            for (width in listOf(2, 3, 17, 64, 1_000)) withClue(width) {
                val random = Random(width)
                val row = DoubleArray(width) { random.nextInt(width).toDouble() }
                val rising = row.indices.sortedBy { row[it] }
                places(Op.Sort, *row) shouldBe rising
                places(Op.Largest(width), *row) shouldBe row.indices.sortedByDescending { row[it] }
            }
        }

        "a matching costs no more than any other" {
            for (seed in 1..20) withClue("seed $seed") {
                val random = Random(seed)
                val (rows, columns) = random.nextInt(1, 7) to random.nextInt(1, 7)
                val costs = Numbers.random(listOf(2, rows, columns), random)
                val counts = Numbers.indices(random.nextInt(columns + 1), columns)
                made(Op.Match, Element.Real to costs, Element.Index to counts)[0].data shouldBe
                    match(costs, counts).data
            }
        }

        "costs that are no numbers are matched last, and end all the same" {
            val costs = Numbers(listOf(1, 2, 2), doubleArrayOf(Double.NaN, 1.0, Double.NaN, Double.POSITIVE_INFINITY))
            made(Op.Match, Element.Real to costs, Element.Index to Numbers.indices(2))[0].data.toList() shouldBe
                listOf(1.0, 0.0)
        }

        "a chain of one word is a softmax over the best words" {
            val scores = Numbers(listOf(1, 1, 4), doubleArrayOf(3.0, 0.0, 1.0, 2.0))
            val table = Numbers.zeros(listOf(4, 2))
            fun loss(beam: Int) =
                made(
                    Op.ChainLoss(beam),
                    Element.Real to scores,
                    Element.Real to table,
                    Element.Real to table,
                    Element.Index to Numbers(listOf(1, 1), doubleArrayOf(1.0)),
                )[0][0]
            loss(9) shouldBe (ln(exp(3.0) + 1.0 + exp(1.0) + exp(2.0)) plusOrMinus 1e-12)
            // The label has one of the two places.
            loss(2) shouldBe (ln(exp(3.0) + 1.0) plusOrMinus 1e-12)
            loss(1) shouldBe (0.0 plusOrMinus 1e-12)
        }

        "a long chain does not overflow" {
            val time = 600
            val scores = Numbers.filled(listOf(1, time, 2), 5.0)
            val table = Numbers.filled(listOf(2, 1), 2.0)
            val labels = Numbers.filled(listOf(1, time), 1.0)
            val inputs = arrayOf(Element.Real to scores, Element.Real to table, Element.Real to table)
            made(Op.ChainLoss(2), *inputs, Element.Index to labels)[0][0] shouldBe (time * ln(2.0) plusOrMinus 1e-9)
        }
    })
