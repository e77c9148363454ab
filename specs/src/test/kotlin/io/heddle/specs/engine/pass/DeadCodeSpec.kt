package io.heddle.specs.engine.pass

import io.heddle.dims.Dim
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.runtime.pass.DeadCode
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class DeadCodeSpec :
    StringSpec({
        "what no output depends on is left out" {
            DeadCode().of {
                val x = matrix("x")
                node(Op.Scale(3.0), node(Op.Scale(2.0), x))
                output("y", node(Op.Scale(5.0), x))
            } shouldRead
                """
                %3 = Scale(factor=5.0)(%0)
                y: %3
                """
        }

        "sources stay, read or not" {
            val graph = GraphBuilder().apply { output("y", matrix("x").also { vector("idle") }) }.build()
            DeadCode().apply(graph).inputs shouldBe graph.inputs
        }

        "what writes a state stays" {
            DeadCode().of {
                val shape = Shape(Dim.of(1), Dim.of(4), Dim.of(2))
                val fresh = first(Op.Input("x", TensorType.real(Dim.of(1), Dim.of(1), Dim.of(2))), "x")
                val offset = first(Op.Input("offset", TensorType.index()), "offset")
                node(Op.WriteAt, node(Op.State("keys", shape)), node(Op.Scale(2.0), fresh), offset)
            } shouldRead
                """
                %3 = Scale(factor=2.0)(%0)
                %4 = WriteAt(%2, %3, %1)
                """
        }
    })
