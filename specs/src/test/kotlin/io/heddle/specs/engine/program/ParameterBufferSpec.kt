package io.heddle.specs.engine.program

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.random.Normal as NormalDraws
import io.heddle.runtime.random.Streams
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.numbers
import io.heddle.terms.BranchScale
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingUniform
import io.heddle.terms.Normal
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.XavierUniform
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.math.sqrt
import org.nd4j.linalg.factory.Nd4j

/** All weights of a model are one row of numbers, each weight a view of its part. */
class ParameterBufferSpec :
    StringSpec({
        val graph =
            graph(weight("a", Start.Ones, 2, 3), weight("b", drawn(Normal(0.5)), 40, 5), weight("c", Start.Zeros, 7))

        "a weight is a view: what is written to it is in the row, and nothing else is" {
            val parameters =
                ParameterBuffer.zeros(ParameterBuffer.initialized(graph, Precision.FLOAT, 1).layout(), Precision.FLOAT)
            parameters.elements() shouldBe 16 + 208 + 16
            parameters.tensor("b").assign(1)
            parameters.array().sumNumber().toDouble() shouldBe 200.0
            parameters.tensor("a").sumNumber().toDouble() shouldBe 0.0
            parameters.layout().parameters() shouldBe 213
        }

        "a weight's start depends on the seed and its name, not on what stands beside it" {
            val alone = graph(weight("b", drawn(Normal(0.5)), 40, 5))
            val wanted = ParameterBuffer.initialized(graph, Precision.DOUBLE, 7).tensor("b").numbers()
            ParameterBuffer.initialized(alone, Precision.DOUBLE, 7).tensor("b").numbers().data shouldBe wanted.data
            val stream = Streams.stream("initialize b")
            wanted.data.withIndex().forEach { (at, number) ->
                number shouldBe 0.5 * NormalDraws.draw(7, stream, at.toLong())
            }
            val floats = ParameterBuffer.initialized(alone, Precision.FLOAT, 7).tensor("b").numbers()
            floats.data.toList() shouldBe wanted.data.map { it.toFloat().toDouble() }
        }

        "each initializer has the spread that its source states" {
            fun numbers(initializer: Initializer, factor: Double = 1.0): DoubleArray {
                val one = graph(weight("w", drawn(initializer, factor), 300, 200))
                return ParameterBuffer.initialized(one, Precision.DOUBLE, 3).tensor("w").numbers().data
            }
            fun deviation(numbers: DoubleArray) = sqrt(numbers.sumOf { it * it } / numbers.size)
            val xavier = numbers(XavierUniform())
            deviation(xavier) shouldBe (sqrt(2.0 / 500) plusOrMinus 2e-3)
            xavier.maxOf { abs(it) } shouldBeLessThan sqrt(6.0 / 500)
            deviation(numbers(KaimingUniform)) shouldBe (sqrt(2.0 / 200) plusOrMinus 2e-3)
            deviation(numbers(Normal(0.02))) shouldBe (0.02 plusOrMinus 3e-4)
            deviation(numbers(Normal(0.02, BranchScale.ByDepth), factor = 0.5)) shouldBe (0.01 plusOrMinus 2e-4)
            val truncated = numbers(TruncatedNormal(0.02))
            deviation(truncated) shouldBe (0.02 * 0.8796 plusOrMinus 3e-4)
            truncated.maxOf { abs(it) } shouldBeLessThan 0.04
        }

        "weights that are missing, left over or of another shape are told all at once, and nothing is written" {
            val parameters = ParameterBuffer.initialized(graph, Precision.FLOAT, 1)
            val before = parameters.array().dup()
            val given = mapOf("a" to Nd4j.ones(3, 2), "b" to Nd4j.ones(40, 5), "d" to Nd4j.ones(4))
            shouldThrow<ProblemsException> { parameters.load(given, "model.safetensors") }.message shouldBe
                """
                model.safetensors: weight "a" has another shape than the model's
                  model = [2, 3]
                  given = [3, 2]

                model.safetensors: weight "c" is missing
                  model = [7]

                model.safetensors: weight "d" is not one of the model's
                  given = [4]
                """
                    .trimIndent()
            parameters.array() shouldBe before
        }

        "what was saved can be loaded, in another precision too" {
            val parameters = ParameterBuffer.initialized(graph, Precision.FLOAT, 1)
            val doubles = ParameterBuffer.zeros(parameters.layout(), Precision.DOUBLE)
            doubles.load(parameters.tensors(), "memory")
            val back = doubles.zerosAlike().also { it.copyFrom(doubles) }
            val floats = parameters.zerosAlike().also { it.load(back.tensors(), "memory") }
            floats.array() shouldBe parameters.array()
        }
    })

private fun weight(name: String, start: Start, vararg sizes: Long) =
    Op.Parameter(name, TensorType.real(*sizes.map { Dim.of(it) }.toTypedArray()).shape, start, Role.Matrix)

private fun drawn(initializer: Initializer, factor: Double = 1.0) = Start.Drawn(initializer, 200, 300, factor)

private fun graph(vararg weights: Op.Parameter): Graph =
    GraphBuilder().run {
        weights.forEach { first(it, it.name) }
        build()
    }
