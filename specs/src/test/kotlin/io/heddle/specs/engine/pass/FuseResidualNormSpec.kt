package io.heddle.specs.engine.pass

import io.heddle.graph.Op
import io.heddle.runtime.pass.FuseResidualNorm
import io.kotest.core.spec.style.StringSpec

class FuseResidualNormSpec :
    StringSpec({
        "a residual and its norm become one, and the sum can still be read" {
            FuseResidualNorm().of {
                val (x, branch) = matrix("x") to matrix("branch")
                val sum = node(Op.Add, x, branch)
                val doubled = node(Op.Scale(2.0), sum)
                val (gain, bias) = vector("gain") to vector("bias")
                output("y", node(Op.LayerNorm(1e-5), sum, gain, bias))
                output("doubled", doubled)
            } shouldRead
                """
                %9, %10, %11, %12 = AddLayerNorm(epsilon=1.0E-5)(%0, %1, %4, %5)
                %3 = Scale(factor=2.0)(%9)
                y: %10
                doubled: %3
                """
        }

        "RmsNorm is fused likewise, and of two norms of one sum the first" {
            FuseResidualNorm().of {
                val sum = node(Op.Add, matrix("x"), matrix("branch"))
                output("y", node(Op.RmsNorm(1e-5), sum, vector("gain")))
                output("z", node(Op.RmsNorm(1e-6), sum, vector("other")))
            } shouldRead
                """
                %9, %10, %11 = AddRmsNorm(epsilon=1.0E-5)(%0, %1, %3)
                %7, %8 = RmsNorm(epsilon=1.0E-6)(%9, %6)
                y: %10
                z: %7
                """
        }

        "a bias that is added is no residual" {
            FuseResidualNorm().of {
                val sum = node(Op.Add, matrix("x"), vector("bias"))
                output("y", node(Op.RmsNorm(1e-5), sum, vector("gain")))
            } shouldRead
                """
                %2 = Add(%0, %1)
                %4, %5 = RmsNorm(epsilon=1.0E-5)(%2, %3)
                y: %4
                """
        }

        "a gain that is computed after the sum keeps the two apart" {
            FuseResidualNorm().of {
                val sum = node(Op.Add, matrix("x"), matrix("branch"))
                output("y", node(Op.RmsNorm(1e-5), sum, node(Op.Scale(2.0), vector("gain"))))
            } shouldRead
                """
                %2 = Add(%0, %1)
                %4 = Scale(factor=2.0)(%3)
                %5, %6 = RmsNorm(epsilon=1.0E-5)(%2, %4)
                y: %5
                """
        }
    })
