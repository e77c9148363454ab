package io.heddle.specs.language

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.GraphVerifier
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.ShapeMismatch
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.terms.Relu
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith

class GraphSpec :
    StringSpec({
        val width = Dims.width(4)
        val builder = GraphBuilder()
        val x = builder.first(Op.Input("x", TensorType.real(Dims.batch, width)), "x")
        val weight = builder.first(Op.Parameter("w", Shape(Dim.of(3), width), Start.Ones, Role.Matrix), "w")
        val product = builder.first(Op.MatMul(ProductForm.RowsByRows), "up", x, weight)
        val result = builder.first(Op.Activate(Relu), "up", product)
        builder.output("y", result)
        val graph = builder.build()

        "a graph is written node by node, and reads as it was written" {
            "$graph" shouldRead
                """
                %0 [batch, width] = Input(name=x, type=[batch, width])()  # x
                %1 [3, width] = Parameter(name=w, shape=[3, width], start=Ones, role=Matrix)()  # w
                %2 [batch, 3] = MatMul(form=RowsByRows)(%0, %1)  # up
                %3 [batch, 3] = Activate(activation=Relu)(%2)  # up
                y: %3 [batch, 3]

                """
            GraphVerifier.problems(graph).shouldBeEmpty()
            graph.inputs.map { it.path } shouldBe listOf("x")
            graph.parameters.map { it.path } shouldBe listOf("w")
            graph.maker(product).path shouldBe "up"
            graph.output("y") shouldBe result
            graph.nextId shouldBe 4
        }

        "what an op cannot take is refused where it is written" {
            shouldThrow<ShapeMismatch> {
                    GraphBuilder(graph).first(Op.MatMul(ProductForm.RowsByRows), "down", result, weight)
                }
                .message shouldRead
                """
                MatMul(form=RowsByRows): the left's last dim is 3 and the right's second dim is width, which must be equal
                """
        }

        "an output that is not there is told with those that are" {
            shouldThrow<IllegalArgumentException> { graph.output("z") }.message shouldBe
                "The graph has no output \"z\", only y."
            shouldThrow<IllegalArgumentException> {
                    GraphBuilder().apply {
                        output("y", x)
                        output("y", x)
                    }
                }
                .message shouldBe "Two outputs are named \"y\"."
        }

        "a broken graph stops the one that broke it" {
            shouldThrow<IllegalStateException> {
                    GraphVerifier.verify(Graph(graph.nodes.drop(1), graph.outputs), "fusion")
                }
                .message
                .orEmpty() shouldStartWith "The graph is broken after fusion:\nup: reads %0 before it is made"
        }
    })

private infix fun String?.shouldRead(text: String) = orEmpty().shouldRead(text)
