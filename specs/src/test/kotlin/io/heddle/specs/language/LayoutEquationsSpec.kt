package io.heddle.specs.language

import io.heddle.dsl.model
import io.heddle.graph.Op
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.largestDifference
import io.heddle.terms.DeepNorm
import io.heddle.terms.Layout
import io.heddle.terms.Merge
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import kotlin.math.pow
import kotlin.math.sqrt
import kotlin.random.Random

private const val WIDTH = 4
private const val HIDDEN = 5
private const val LAYERS = 3

/** What a stack of a layout computes, by its paper's equations, written again with lists of numbers. */
class LayoutEquationsSpec :
    FunSpec({
        test("post-norm: x = norm(x + f(x)) (arXiv 1706.03762, section 3.1)") {
            PostNorm shouldCompute { x -> sublayers.fold(x) { y, f -> f.norm(y + f(y)) } }
        }

        test("pre-norm: x = x + f(norm(x)), and a norm at the end (arXiv 2002.04745, table 1)") {
            PreNorm shouldCompute { x -> lastNorm(sublayers.fold(x) { y, f -> y + f(f.norm(y)) }) }
        }

        test("sandwich: x = x + norm(f(norm(x))), and a norm at the end (arXiv 2105.13290, section 2.4)") {
            Sandwich shouldCompute { x -> lastNorm(sublayers.fold(x) { y, f -> y + f.outputNorm(f(f.norm(y))) }) }
        }

        test("DeepNorm: x = norm(alpha x + f(x)), alpha = (2 N)^(1/4) (arXiv 2203.00555, figure 2)") {
            val alpha = (2.0 * LAYERS).pow(1.0 / 4)
            DeepNorm shouldCompute { x -> sublayers.fold(x) { y, f -> f.norm(y.map { it * alpha } + f(y)) } }
        }

        test("ReZero: x = x + rate f(x) (arXiv 2003.04887, equation 2)") {
            ReZero shouldCompute { x -> sublayers.fold(x) { y, f -> y + f(y).map { it * f.rate } } }
        }

        test("parallel: x = x + f(norm(x)) + g(norm(x)), and a norm at the end (arXiv 2204.02311, section 2)") {
            Parallel shouldCompute
                { x ->
                    lastNorm(
                        sublayers.chunked(2).fold(x) { y, (f, g) ->
                            val normed = f.norm(y)
                            y + f(normed) + g(normed)
                        }
                    )
                }
        }

        for (merge in Merge.entries) {
            test(
                "reversible: a = a + f(norm(b)), b = b + g(norm(a)), $merge at the end (arXiv 2001.04451, equation 9)"
            ) {
                Reversible(merge) shouldCompute
                    { x ->
                        val (a, b) =
                            sublayers.chunked(2).fold(x to x) { (a, b), (f, g) ->
                                val left = a + f(f.norm(b))
                                left to b + g(g.norm(left))
                            }
                        val sum = a + b
                        lastNorm(
                            when (merge) {
                                Merge.Sum -> sum
                                Merge.Mean -> sum.map { it / 2 }
                                Merge.Concatenation -> listOf(a, b).flatten()
                            }
                        )
                    }
            }
        }
    })

/** Two sublayers in each layer; [expected] makes of one position what the stack makes of it. */
private infix fun Layout.shouldCompute(expected: Equations.(List<Double>) -> List<Double>) {
    val layout = this
    val described =
        model("layouts", width = WIDTH) {
            this.layout = layout
            val seen by vectors(features = WIDTH)
            val out by
                stack(seen, layers = LAYERS) {
                    feedForward(hidden = HIDDEN, name = "first")
                    addNorm()
                    feedForward(hidden = HIDDEN, name = "second")
                    addNorm()
                }
        }
    val random = Random(1)
    val graph = described.lower(Purpose.Inference)
    val weights =
        graph.parameters.associate { node ->
            val shape = node.output.type.shape.dims.map { it.size.toInt() }
            (node.op as Op.Parameter).name to Numbers.make(shape) { random.nextDouble(-1.0, 1.0) }
        }
    val x = Numbers.make(listOf(1, 2, WIDTH)) { random.nextDouble(-1.0, 1.0) }
    val computed = Interpreter(mapOf("batch" to 1L, "seen" to 2L)).run(graph, weights + ("seen" to x)).getValue("out")
    val rows = (0 until x.rows).flatMap { Equations(weights).expected(x.row(it)) }
    largestDifference(computed, Numbers(computed.shape, rows.toDoubleArray()), floor = 1e-3) shouldBeLessThan 1e-9
}

private operator fun List<Double>.plus(other: List<Double>): List<Double> = zip(other) { left, right -> left + right }

private class Equations(private val weights: Map<String, Numbers>) {
    val sublayers: List<Sublayer> =
        (0 until LAYERS).flatMap { layer -> listOf("first", "second").map { Sublayer("out/$layer/$it") } }

    fun lastNorm(x: List<Double>): List<Double> = normed("out/norm", x)

    fun normed(path: String, x: List<Double>): List<Double> {
        val mean = x.average()
        val deviation = sqrt(x.map { (it - mean) * (it - mean) }.average() + 1e-5)
        val (gain, bias) = weights.getValue("$path/gain") to weights.getValue("$path/bias")
        return x.mapIndexed { at, number -> (number - mean) / deviation * gain[at] + bias[at] }
    }

    inner class Sublayer(private val path: String) {
        val rate: Double
            get() = weights.getValue("$path/rate")[0]

        operator fun invoke(x: List<Double>): List<Double> = linear("down", linear("up", x).map { maxOf(it, 0.0) })

        fun norm(x: List<Double>): List<Double> = normed("$path/norm", x)

        fun outputNorm(x: List<Double>): List<Double> = normed("$path/outputNorm", x)

        private fun linear(name: String, x: List<Double>): List<Double> {
            val (weight, bias) = weights.getValue("$path/$name/weight") to weights.getValue("$path/$name/bias")
            return List(weight.shape[0]) { row -> bias[row] + x.indices.sumOf { weight[row * x.size + it] * x[it] } }
        }
    }
}
