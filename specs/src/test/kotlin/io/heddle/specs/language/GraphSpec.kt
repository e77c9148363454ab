package io.heddle.specs.language

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.GraphVerifier
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.ShapeMismatch
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
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

        fun told(nodes: List<Node>, outputs: Map<String, Value> = graph.outputs) =
            GraphVerifier.problems(Graph(nodes, outputs)).joinToString("\n")

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

        "a value that is read before it is made is found" {
            told(graph.nodes.sortedBy { it.op is Op.MatMul }) shouldRead
                """
                up: reads %2 before it is made, or with another type: %3 [batch, 3] = Activate(activation=Relu)(%2)  # up
                  Put the maker of a value before all that read it, and read what it made.
                """
        }

        "a value of another type than it was made with is found" {
            val other = Value(result.id, TensorType.real(Dims.batch, Dim.of(9)))
            told(graph.nodes.dropLast(1) + graph.nodes.last().copy(outputs = listOf(other))) shouldRead
                """
                up: the outputs of Activate(activation=Relu) have other types than its shape rule says
                  given = [batch, 9]
                  shape rule = [batch, 3]
                  Write its outputs anew when what it reads changes.
                output y: value %3 is never made
                  Keep the node that makes it.
                """
        }

        "a value that is made twice is found" {
            told(graph.nodes + graph.nodes.last()) shouldRead
                """
                up: value %3 is made twice: %3 [batch, 3] = Activate(activation=Relu)(%2)  # up
                  Give each output a number of its own, as a GraphBuilder does.
                """
        }

        "two sources of one name are found" {
            told(graph.nodes + graph.nodes[0].copy(outputs = listOf(Value(9, x.type)))) shouldRead
                """
                x: another node is named "x": %9 [batch, width] = Input(name=x, type=[batch, width])()  # x
                  Give each input, parameter and state a name of its own.
                """
        }

        "inputs that do not fit their op are found" {
            told(graph.nodes.dropLast(2) + graph.nodes[2].copy(inputs = listOf(weight, x)) + graph.nodes[3]) shouldRead
                """
                up: the outputs of MatMul(form=RowsByRows) have other types than its shape rule says
                  given = [batch, 3]
                  shape rule = [3, batch]
                  Write its outputs anew when what it reads changes.
                """
        }

        "an output that nothing makes is found" {
            told(graph.nodes, mapOf("y" to Value(77, x.type))) shouldRead
                """
                output y: value %77 is never made
                  Keep the node that makes it.
                """
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
