package io.heddle.specs.engine.pass

import io.heddle.graph.Op
import io.heddle.runtime.pass.FuseBiasActivation
import io.heddle.terms.Gelu
import io.kotest.core.spec.style.StringSpec

class FuseBiasActivationSpec :
    StringSpec({
        "a bias and the activation of the sum become one" {
            FuseBiasActivation().of {
                output("y", node(Op.Activate(Gelu), node(Op.Add, matrix("x"), vector("b"))))
            } shouldRead
                """
                %4 = BiasActivate(activation=Gelu)(%0, %1)
                y: %4
                """
        }

        "a sum that is read elsewhere stays" {
            val kept =
                """
                %2 = Add(%0, %1)
                %3 = Activate(activation=Gelu)(%2)
                """
                    .trimIndent()
            FuseBiasActivation().of {
                val sum = node(Op.Add, matrix("x"), vector("b"))
                output("y", node(Op.Activate(Gelu), sum))
                output("z", node(Op.Scale(2.0), sum))
            } shouldRead "$kept\n%4 = Scale(factor=2.0)(%2)\ny: %3\nz: %4"
            FuseBiasActivation().of {
                val sum = node(Op.Add, matrix("x"), vector("b"))
                output("y", node(Op.Activate(Gelu), sum))
                output("z", sum)
            } shouldRead "$kept\ny: %3\nz: %2"
        }

        "what is added must be a vector" {
            FuseBiasActivation().of {
                output("y", node(Op.Activate(Gelu), node(Op.Add, matrix("x"), matrix("b"))))
            } shouldRead
                """
                %2 = Add(%0, %1)
                %3 = Activate(activation=Gelu)(%2)
                y: %3
                """
        }
    })
