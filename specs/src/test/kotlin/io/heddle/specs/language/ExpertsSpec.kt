package io.heddle.specs.language

import io.heddle.dsl.model
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.largestDifference
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import kotlin.math.ceil
import kotlin.math.exp
import kotlin.random.Random

private const val COUNT = 3
private const val WIDTH = 4
private const val HIDDEN = 5
private const val POSITIONS = 7

/** Each position has the answers of its own experts, by the equations of arXiv 2101.03961, section 2.1 and 2.2. */
class ExpertsSpec :
    StringSpec({
        for (topK in 1..2) for (capacity in listOf(0.4, 1.0, 1.25, 9.0)) {
            "the $topK best experts answer, as far as a capacity of $capacity goes" {
                check(topK, capacity, listOf(POSITIONS))
            }

            "padding takes no room of theirs, with $topK at a capacity of $capacity" {
                check(topK, capacity, listOf(3, POSITIONS, 1))
            }
        }
    })

private fun check(topK: Int, capacity: Double, lengths: List<Int>) {
    val sparse =
        model("sparse", width = WIDTH) {
            bias = false
            val seen by vectors(features = WIDTH)
            val out by stack(seen, layers = 1) { experts(COUNT, topK, capacity) { feedForward(hidden = HIDDEN) } }
        }
    val graph = sparse.lower(Purpose.Inference)
    val random = Random(topK)
    val sizes = mapOf("batch" to lengths.size.toLong(), "seen" to POSITIONS.toLong())
    val weights =
        graph.parameters.associate { node ->
            val shape = node.output.type.shape.dims.map { it.size.toInt() }
            (node.op as Op.Parameter).name to Numbers.make(shape) { random.nextDouble(-1.0, 1.0) }
        }
    val seen = Numbers.make(listOf(lengths.size, POSITIONS, WIDTH)) { random.nextDouble(-1.0, 1.0) }
    val given = weights + ("seen" to seen) + (Names.lengths("seen") to Numbers.indices(*lengths.toIntArray()))
    val computed = Interpreter(sizes).run(graph, given).getValue("out")
    val real = lengths.indices.flatMap { text -> (0 until lengths[text]).map { text * POSITIONS + it } }
    largestDifference(computed, answers(given, topK, capacity, real), floor = 1e-3) shouldBeLessThan 1e-9
}

/** What the [real] positions are answered; all others zeros. */
private fun answers(given: Map<String, Numbers>, topK: Int, capacity: Double, real: List<Int>): Numbers {
    val x = given.getValue("seen")
    val router = given.getValue("out/0/experts/router/weight")
    val room = ceil(capacity * topK * x.rows / COUNT - 1e-9).toInt()
    val shares =
        List(x.rows) { position ->
            val raised =
                List(COUNT) { expert ->
                    exp((0 until WIDTH).sumOf { router[expert * WIDTH + it] * x[position * WIDTH + it] })
                }
            raised.map { it / raised.sum() }
        }
    val chosen = shares.map { all -> all.indices.sortedByDescending { all[it] }.take(topK) }
    val taken = IntArray(COUNT)
    val made = DoubleArray(x.size)
    for (choice in 0 until topK) for (position in real) {
        val expert = chosen[position][choice]
        if (taken[expert]++ >= room) continue
        val total = if (topK == 1) 1.0 else chosen[position].sumOf { shares[position][it] }
        answer(given, x, position, expert).forEachIndexed { at, number ->
            made[position * WIDTH + at] += shares[position][expert] / total * number
        }
    }
    return Numbers(x.shape, made)
}

/** `down(relu(up(x)))` by the weights of [expert]. */
private fun answer(given: Map<String, Numbers>, x: Numbers, position: Int, expert: Int): List<Double> {
    val up = given.getValue("out/0/experts/up/weight")
    val down = given.getValue("out/0/experts/down/weight")
    val inside =
        List(HIDDEN) { row -> maxOf(0.0, (0 until WIDTH).sumOf { up[expert, row, it] * x[position * WIDTH + it] }) }
    return List(WIDTH) { row -> (0 until HIDDEN).sumOf { down[expert, row, it] * inside[it] } }
}
