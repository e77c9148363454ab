package io.heddle.specs.language

import io.heddle.dsl.ObjectiveScope
import io.heddle.dsl.model
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.terms.Among
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.exp
import kotlin.math.ln
import kotlin.random.Random

private const val EXPERTS = 3
private const val SIDE = 4
private const val TIME = 5
private val lengths = listOf(TIME, 2)

/** What is made small of routers, each by its own equation, with padding in the batch. */
class RouterLossesSpec :
    StringSpec({
        // arXiv 2101.03961, equations 4 to 6: N * sum(f_i * P_i), where f_i is the share of positions whose likeliest
        // expert is i, and P_i the mean of its probability.
        fun balance(rows: List<List<Double>>): Double {
            val shares =
                List(EXPERTS) { expert -> rows.count { it.indexOf(it.max()) == expert } / rows.size.toDouble() }
            val means = List(EXPERTS) { expert -> rows.map { softmax(it)[expert] }.average() }
            return EXPERTS * shares.zip(means).sumOf { (share, mean) -> share * mean }
        }

        "the balance of a whole batch" {
            val batch = Batch()
            val wanted = balance(batch.scores.flatten())
            batch.loss { loadBalance("out/*/experts", weight = 1.0, among = Among.Batch) } shouldBe wanted.within()
        }

        "the balance of each sequence, as a mean over sequences" {
            val batch = Batch()
            val wanted = batch.scores.map(::balance).average()
            batch.loss { loadBalance("out/*/experts", weight = 1.0, among = Among.Sequence) } shouldBe wanted.within()
        }

        "the size of the scores" {
            // arXiv 2202.08906, equation 5: the mean over positions of log(sum(exp(x_j)))^2.
            val batch = Batch()
            val wanted = batch.scores.flatten().map { row -> ln(row.sumOf(::exp)).let { it * it } }.average()
            batch.loss { routerSize("out/*/experts", weight = 1.0) } shouldBe wanted.within()
        }

        "a weight multiplies, and several are added up" {
            val batch = Batch()
            val rows = batch.scores.flatten()
            val size = rows.map { row -> ln(row.sumOf(::exp)).let { it * it } }.average()
            batch.loss {
                loadBalance("out/*/experts", weight = 0.01)
                routerSize("out/*/experts", weight = 0.001)
            } shouldBe (0.01 * balance(rows) + 0.001 * size).within()
        }

        "experts that are used alike come to 1, and one that is used alone to as many as there are" {
            val batch = Batch()
            val alone = List(EXPERTS * SIDE) { if (it < SIDE) 1e3 else 0.0 }
            batch.loss(Numbers(listOf(EXPERTS, SIDE), alone.toDoubleArray()), positive = true) {
                loadBalance("out/*/experts", weight = 1.0)
            } shouldBe EXPERTS.toDouble().within()
            val alike = Numbers.zeros(listOf(EXPERTS, SIDE))
            batch.loss(alike, positive = true) { loadBalance("out/*/experts", weight = 1.0) } shouldBe 1.0.within()
        }
    })

private fun Double.within() = plusOrMinus(1e-9)

private fun softmax(row: List<Double>): List<Double> = row.map(::exp).let { all -> all.map { it / all.sum() } }

/** Two sequences, the second of which is padded, and the weights of a router. */
private class Batch {
    private val random = Random(5)
    private val seen = Numbers.make(listOf(lengths.size, TIME, SIDE)) { random.nextDouble(-1.0, 1.0) }
    private val router = Numbers.make(listOf(EXPERTS, SIDE)) { random.nextDouble(-2.0, 2.0) }

    /** The router's scores of each real position, sequence by sequence. */
    val scores: List<List<List<Double>>> =
        lengths.mapIndexed { row, length ->
            List(length) { time ->
                List(EXPERTS) { expert ->
                    (0 until SIDE).sumOf { router[expert * SIDE + it] * seen[(row * TIME + time) * SIDE + it] }
                }
            }
        }

    fun loss(given: Numbers = router, positive: Boolean = false, describe: ObjectiveScope.() -> Unit): Double {
        val graph = routed(describe).lower(Purpose.Training)
        val weights =
            graph.parameters.associate { node ->
                val shape = node.output.type.shape.dims.map { it.size.toInt() }
                val name = (node.op as Op.Parameter).name
                name to if ("router" in name) given else Numbers.make(shape) { random.nextDouble(-1.0, 1.0) }
            }
        val inputs =
            mapOf(
                "seen" to if (positive) seen.map { 0.1 + it * it } else seen,
                Names.lengths("seen") to Numbers.indices(*lengths.toIntArray()),
            )
        val sizes = mapOf("batch" to lengths.size.toLong(), "seen" to TIME.toLong())
        return Interpreter(sizes).run(graph, weights + inputs).getValue(Names.LOSS)[0]
    }
}

private fun routed(describe: ObjectiveScope.() -> Unit): Model =
    model("routed", width = SIDE) {
        bias = false
        val seen by vectors(features = SIDE)
        val out by stack(seen, layers = 1) { experts(EXPERTS, topK = 1, capacity = 2.0) { feedForward(hidden = 3) } }
        check(out.name == "out")
        objective(describe)
    }
