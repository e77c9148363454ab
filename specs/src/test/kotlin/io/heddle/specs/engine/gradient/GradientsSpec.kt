package io.heddle.specs.engine.gradient

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.graph.Function
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.GraphVerifier
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.SmallTransformer
import io.heddle.specs.support.largestDifference
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith

/** A differentiated graph is the forward graph and, after it, what its gradients need. */
class GradientsSpec :
    StringSpec({
        val forward = SmallTransformer.graph

        fun problem(graph: Graph, loss: String, vararg names: String): String =
            shouldThrow<ProblemsException> { Gradients.differentiate(graph, loss, names.toList()) }.message.orEmpty()

        "the forward graph stays, and the outputs of the gradients join its own" {
            val graph = Gradients.differentiate(forward, "loss")
            GraphVerifier.problems(graph).shouldBeEmpty()
            graph.nodes.take(forward.nodes.size) shouldBe forward.nodes
            val parameters = forward.parameters.map { (it.op as Op.Parameter).name }
            graph.outputs.keys.toList() shouldBe forward.outputs.keys + parameters.map { "gradient/$it" }
            forward.parameters.forEach {
                val name = (it.op as Op.Parameter).name
                graph.output("gradient/$name").type shouldBe it.output.type
            }
        }

        "the gradients of a small transformer are what differences of its loss say" {
            val given = SmallTransformer.given(1)
            val interpreter = Interpreter(SmallTransformer.sizes)
            val numbers = interpreter.run(Gradients.differentiate(forward, "loss"), given)
            forward.parameters
                .map { (it.op as Op.Parameter).name }
                .forEach { name ->
                    val at = given.getValue(name)
                    val step = 1e-3
                    fun loss(place: Int, by: Double) =
                        interpreter.run(forward, given + (name to at.with(place, at[place] + by))).getValue("loss")[0]
                    val differences =
                        Numbers.make(at.shape) {
                            (8.0 * (loss(it, step) - loss(it, -step)) - (loss(it, 2 * step) - loss(it, -2 * step))) /
                                (12.0 * step)
                        }
                    withClue(name) {
                        largestDifference(numbers.getValue("gradient/$name"), differences, 1e-2) shouldBeLessThan 1e-6
                    }
                }
        }

        "only what lies between the loss and what is wanted is differentiated" {
            val graph = Gradients.differentiate(forward, "loss", listOf("decoder/norm/bias"))
            graph.nodes.drop(forward.nodes.size).map { it.op.javaClass.simpleName } shouldContainExactly
                listOf("Constant", "Scale", "Scale", "CrossEntropyGradient", "MatMul", "SumLeading")
        }

        "a gradient's node has the path of the node that it differentiates" {
            val graph = Gradients.differentiate(forward, "loss")
            graph.nodes.drop(forward.nodes.size).forEach { it.path shouldEndWith Gradients.PATH_SUFFIX }
            val attention = graph.nodes.single { it.op is Op.AttentionGradient && "/0/" in it.path }
            attention.path shouldBe "decoder/0/attention/gradient"
        }

        "the same graph is differentiated into the same graph" {
            Gradients.differentiate(forward, "loss").toString() shouldBe
                Gradients.differentiate(forward, "loss").toString()
        }

        "contributions to a value are added from its last reader to its first" {
            val graph =
                Gradients.differentiate(
                    GraphBuilder().run {
                        val x = first(Op.Input("x", TensorType.real()), "x")
                        val both = listOf(2.0, 3.0, 4.0).map { first(Op.Scale(it), "times $it", x) }
                        output("loss", both.reduce { sum, more -> first(Op.Add, "sum", sum, more) })
                        build()
                    },
                    "loss",
                    listOf("x"),
                )
            graph.nodes.drop(6).joinToString("\n") shouldBe
                """
                %6 [] = Constant(value=1.0, type=[])()  # sum/gradient
                %7 [] = Scale(factor=4.0)(%6)  # times 4.0/gradient
                %8 [] = Scale(factor=3.0)(%6)  # times 3.0/gradient
                %9 [] = Add(%7, %8)  # times 3.0/gradient
                %10 [] = Scale(factor=2.0)(%6)  # times 2.0/gradient
                %11 [] = Add(%9, %10)  # times 2.0/gradient
                """
                    .trimIndent()
        }

        "what the loss does not depend on has a gradient of zeros" {
            val shape = Shape(Dim.of(2))
            val graph =
                GraphBuilder().run {
                    first(Op.Parameter("idle", shape, Start.Zeros, Role.Bias), "idle")
                    output("loss", first(Op.Input("x", TensorType.real()), "x"))
                    build()
                }
            val gradients = Gradients.differentiate(graph, "loss", listOf("idle", "x"))
            val numbers =
                Interpreter(emptyMap())
                    .run(gradients, mapOf("x" to Numbers.scalar(5.0), "idle" to Numbers.of(1.0, 2.0)))
            numbers.getValue("gradient/idle").data.toList() shouldBe listOf(0.0, 0.0)
            numbers.getValue("gradient/x").data.toList() shouldBe listOf(1.0)
        }

        "what is held fast counts as a constant" {
            val graph =
                GraphBuilder().run {
                    val x = first(Op.Input("x", TensorType.real()), "x")
                    output("loss", first(Op.Multiply, "loss", x, first(Op.Apply(Function.Held), "held", x)))
                    build()
                }
            val gradients = Gradients.differentiate(graph, "loss", listOf("x"))
            val numbers = Interpreter(emptyMap()).run(gradients, mapOf("x" to Numbers.scalar(5.0)))
            numbers.getValue("loss").data.toList() shouldBe listOf(25.0)
            numbers.getValue("gradient/x").data.toList() shouldBe listOf(5.0)
        }

        "everything that is wrong with what is asked for is told at once" {
            problem(forward, "los", "text", "tabel", "table", "table") shouldBe
                """
                gradient/text: "text" holds whole numbers, which have no gradient
                  Ask for parameters and for inputs of real numbers.

                gradient/tabel: no parameter or input is named "tabel"
                  There are: text, lengths, offset, randomness, table, decoder/0/attention/norm/gain, decoder/0/attention/norm/bias, decoder/0/attention/query/weight and 32 more.

                gradient/table: "table" is asked for twice
                  Name it once.

                output los: the graph has no output of this name to differentiate
                  There are: next, loss.
                """
                    .trimIndent()
        }

        "a graph without an output" {
            problem(GraphBuilder().build(), "loss") shouldBe
                """
                output loss: the graph has no output of this name to differentiate
                  There are: none.
                """
                    .trimIndent()
        }

        "a loss is one number" {
            problem(forward, "next", "table") shouldBe
                """
                output next: a loss is one real number, and this is [batch, text, vocabulary]
                  Sum it, or choose another output: next, loss.
                """
                    .trimIndent()
        }

        "a graph is differentiated once" {
            problem(Gradients.differentiate(forward, "loss", listOf("table")), "loss", "table") shouldBe
                """
                gradient/table: the graph has this output already
                  Differentiate the forward graph, once.
                """
                    .trimIndent()
        }

        "a saved value has no gradient, and says how to go around it" {
            val graph =
                GraphBuilder().run {
                    val x = first(Op.Input("x", TensorType.real(Dim.of(3))), "x")
                    val gain = first(Op.Input("gain", TensorType.real(Dim.of(3))), "gain")
                    output("loss", add(Op.LayerNorm(1e-5), listOf(x, gain), "encoder/0/norm")[1])
                    build()
                }
            problem(graph, "loss", "x") shouldBe
                """
                encoder/0/norm: the loss depends on output 1 of LayerNorm, which is saved for the backward pass and has no gradient
                  op = LayerNorm(epsilon=1.0E-5)
                  Compute the loss from output 0.
                """
                    .trimIndent()
        }
    })
