package io.heddle.specs.engine.pass

import io.heddle.dims.Dim
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.runtime.pass.CommonSubexpressions
import io.kotest.core.spec.style.StringSpec

class CommonSubexpressionsSpec :
    StringSpec({
        "what is computed twice is computed once, and so is what was computed of both" {
            CommonSubexpressions().of {
                val x = matrix("x")
                val (a, b) = node(Op.Scale(2.0), x) to node(Op.Scale(2.0), x)
                val (c, d) = node(Op.Scale(3.0), a) to node(Op.Scale(3.0), b)
                output("y", node(Op.Add, c, d))
            } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                %3 = Scale(factor=3.0)(%1)
                %5 = Add(%3, %3)
                y: %5
                """
        }

        "dropouts are one when their streams are, and stay two when they are not" {
            CommonSubexpressions().of {
                val (x, randomness) = matrix("x") to randomness()
                listOf("a", "b", "a").forEachIndexed { at, stream ->
                    output("y$at", node(Op.Dropout(0.5, stream), x, randomness))
                }
            } shouldRead
                """
                %2 = Dropout(rate=0.5, stream=a)(%0, %1)
                %3 = Dropout(rate=0.5, stream=b)(%0, %1)
                y0: %2
                y1: %3
                y2: %2
                """
        }

        "what reads a state is left alone" {
            CommonSubexpressions().of {
                val state = node(Op.State("keys", Shape(Dim.of(4))))
                output("a", node(Op.Scale(2.0), state))
                output("b", node(Op.Scale(2.0), state))
            } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                %2 = Scale(factor=2.0)(%0)
                a: %1
                b: %2
                """
        }
    })
