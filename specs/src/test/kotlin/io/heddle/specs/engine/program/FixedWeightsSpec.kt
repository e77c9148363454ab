package io.heddle.specs.engine.program

import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.recipe.AdamW
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.optimizer.WeightUpdate
import io.heddle.specs.support.numbers
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlin.math.sqrt

/** A weight that is drawn once and never trained. */
class FixedWeightsSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val graph = graph()

        fun weights() = ParameterBuffer.initialized(graph, Precision.DOUBLE, 3)

        "it is kept with the others, behind them" {
            weights().tensors().keys.toList() shouldContainExactly listOf("before", "after", "fixed", "same")
            weights().tensor("same").numbers().data.toSet() shouldBe setOf(0.25)
        }

        "it has no gradient, and no optimizer remembers anything of it" {
            val both = Gradients.differentiate(graph, "loss")
            both.outputs.keys.toList() shouldContainExactly listOf("loss", "gradient/before", "gradient/after")
            val weights = weights()
            val gradients = weights.zerosOfTrained()
            gradients.tensors().keys.toList() shouldContainExactly listOf("before", "after")
            val update = WeightUpdate(AdamW(learningRate = 0.1), engine.backend().weightKernels(), weights, gradients)
            update.state().values.forEach { it.tensors().keys.toList() shouldContainExactly listOf("before", "after") }
        }

        "a step of training changes what is trained and leaves it alone" {
            val weights = weights()
            val gradients = weights.zerosOfTrained()
            val before = weights().tensors().mapValues { (_, tensor) -> tensor.numbers().data.toList() }
            val program = engine.compile(Gradients.differentiate(graph, "loss"), weights, gradients).bind(emptyMap())
            program.setInput("x", DoubleArray(SIZE) { it - 3.5 })
            program.run()
            WeightUpdate(AdamW(learningRate = 0.1), engine.backend().weightKernels(), weights, gradients)
                .step(1, 0.1, 1.0)
            val after = weights.tensors().mapValues { (_, tensor) -> tensor.numbers().data.toList() }
            for (name in listOf("before", "after")) after[name] shouldNotBe before[name]
            for (name in listOf("fixed", "same")) after[name] shouldBe before[name]
        }

        "orthogonal rows are orthogonal in blocks, and as long as rows of normal numbers" {
            val (rows, width) = 300 to 8
            val one =
                GraphBuilder().run {
                    first(weight("rows", Start.Orthogonal(11), Role.Fixed, rows.toLong(), width.toLong()), "rows")
                    build()
                }
            val drawn = ParameterBuffer.initialized(one, Precision.DOUBLE, 1).tensor("rows").numbers()
            fun product(left: Int, right: Int) = drawn.row(left).zip(drawn.row(right), Double::times).sum()
            for (block in 0 until rows step width) {
                for (left in block until minOf(block + width, rows)) {
                    for (right in block until left) product(left, right) shouldBe (0.0 plusOrMinus 1e-12)
                }
            }
            // The squared length of a row of normal numbers is its width on average, give or take sqrt(2 width).
            val mean = (0 until rows).map { product(it, it) }.average()
            mean shouldBe (width.toDouble() plusOrMinus 4 * sqrt(2.0 * width / rows))
            drawn.data.average() shouldBe (0.0 plusOrMinus 4 / sqrt(rows.toDouble() * width))
            ParameterBuffer.initialized(one, Precision.DOUBLE, 2).tensor("rows").numbers().data shouldBe drawn.data
        }

        "directions are normal numbers from a seed of their own, whatever that of the other weights" {
            fun drawn(directions: Long, weights: Long): List<Double> {
                val one =
                    GraphBuilder().run {
                        first(weight("rows", Start.Directions(directions), Role.Fixed, 100, 100), "rows")
                        build()
                    }
                return ParameterBuffer.initialized(one, Precision.DOUBLE, weights)
                    .tensor("rows")
                    .numbers()
                    .data
                    .toList()
            }
            val numbers = drawn(directions = 3, weights = 1)
            numbers.average() shouldBe (0.0 plusOrMinus 4.0 / 100)
            numbers.map { it * it }.average() shouldBe (1.0 plusOrMinus 4 * sqrt(2.0) / 100)
            drawn(directions = 3, weights = 2) shouldBe numbers
            drawn(directions = 4, weights = 1) shouldNotBe numbers
        }
    })

private const val SIZE = 6

private fun weight(name: String, start: Start, role: Role, vararg sizes: Long) =
    Op.Parameter(name, TensorType.real(*sizes.map { Dim.of(it) }.toTypedArray()).shape, start, role)

private fun graph(): Graph =
    GraphBuilder().run {
        val names = listOf("before" to Role.Bias, "fixed" to Role.Fixed, "after" to Role.Bias, "same" to Role.Fixed)
        val starts = mapOf("fixed" to Start.Orthogonal(5), "same" to Start.Filled(0.25))
        val x = first(Op.Input("x", TensorType.real(Dim.of(SIZE.toLong()))), "x")
        val y =
            names.fold(x) { value, (name, role) ->
                val weight = first(weight(name, starts[name] ?: Start.Ones, role, SIZE.toLong()), name)
                first(Op.Multiply, name, value, weight)
            }
        output("loss", first(Op.SumLeading(0), "loss", y))
        build()
    }
