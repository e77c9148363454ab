package io.heddle.specs.language.messages

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
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.specs.language.shouldRead
import io.heddle.terms.Relu
import io.kotest.core.spec.style.StringSpec

/** What the verifier tells of a graph that a pass has broken. */
class GraphMessagesSpec :
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
            GraphVerifier.problems(Graph(nodes, outputs)).joinToString("\n\n")

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

        "inputs that their op cannot take are found" {
            told(graph.nodes.take(2) + graph.nodes[2].copy(inputs = listOf(x)) + graph.nodes[3]) shouldRead
                """
                up: MatMul(form=RowsByRows): takes 2 inputs and was given 1
                  Give the op inputs that its shape rule takes.
                """
        }
    })
