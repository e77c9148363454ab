package io.heddle.specs.engine.pass

import io.heddle.dims.Dim
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.runtime.pass.ConstantFolding
import io.heddle.terms.Identity
import io.kotest.core.spec.style.StringSpec

class ConstantFoldingSpec :
    StringSpec({
        /** What becomes of a value made of an input %0. */
        fun folded(write: GraphBuilder.(Value) -> Value) = ConstantFolding().of { output("y", write(matrix("x"))) }

        fun GraphBuilder.constant(value: Double) =
            node(Op.Constant(value, TensorType.real(Dim.symbol("batch"), Dim.of(4))))

        fun GraphBuilder.one(value: Double) = node(Op.Constant(value, TensorType.real()))

        "a scale of a scale is one scale, and a scale by 1 is none" {
            folded { node(Op.Scale(3.0), node(Op.Scale(2.0), it)) } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                %3 = Scale(factor=6.0)(%0)
                y: %3
                """
            folded { node(Op.Scale(0.5), node(Op.Scale(2.0), it)) } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                y: %0
                """
        }

        "scales whose product a float cannot hold stay two" {
            folded { node(Op.Scale(1e-30), node(Op.Scale(1e-30), it)) } shouldRead
                """
                %1 = Scale(factor=1.0E-30)(%0)
                %2 = Scale(factor=1.0E-30)(%1)
                y: %2
                """
        }

        "a product with a constant is a scale" {
            folded { node(Op.Multiply, it, one(2.0)) } shouldRead
                """
                %1 = Constant(value=2.0, type=[])()
                %3 = Scale(factor=2.0)(%0)
                y: %3
                """
            folded { node(Op.Multiply, constant(1.0), it) } shouldRead
                """
                %1 = Constant(value=1.0, type=[batch, 4])()
                y: %0
                """
        }

        "a zero that is added is left out, unless it repeats the other side" {
            folded { node(Op.Add, it, one(0.0)) } shouldRead
                """
                %1 = Constant(value=0.0, type=[])()
                y: %0
                """
            folded { node(Op.Add, constant(0.0), vector("b")) } shouldRead
                """
                %1 = Constant(value=0.0, type=[batch, 4])()
                %3 = Add(%1, %2)
                y: %3
                """
        }

        "constants add up and scale" {
            ConstantFolding().of { output("y", node(Op.Scale(2.0), node(Op.Add, one(1.0), one(2.0)))) } shouldRead
                """
                %0 = Constant(value=1.0, type=[])()
                %1 = Constant(value=2.0, type=[])()
                %4 = Constant(value=3.0, type=[])()
                %5 = Constant(value=6.0, type=[])()
                y: %5
                """
        }

        "what does nothing is left out" {
            folded { node(Op.Activate(Identity), it) } shouldRead "y: %0"
            folded { node(Op.ActivateGradient(Identity), it, matrix("dy")) } shouldRead "y: %1"
            folded { node(Op.BiasActivateGradient(Identity), it, vector("b"), matrix("dy")) } shouldRead "y: %2"
            folded { node(Op.Dropout(0.0, "here"), it, randomness()) } shouldRead "y: %0"
            folded { node(Op.SumLeading(2), it) } shouldRead "y: %0"
        }
    })
