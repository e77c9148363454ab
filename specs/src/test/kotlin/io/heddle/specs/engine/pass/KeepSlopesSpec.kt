package io.heddle.specs.engine.pass

import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.KeepSlopes
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Trial
import io.heddle.specs.support.TrialBuilder
import io.heddle.specs.support.activations
import io.heddle.specs.support.shouldAgree
import io.heddle.terms.Gelu
import io.heddle.terms.Relu
import io.heddle.terms.Silu
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import kotlin.random.Random

class KeepSlopesSpec :
    FreeSpec({
        "an activation gives its slope, with which its gradient is a product" {
            KeepSlopes().of {
                val x = node(Op.Scale(2.0), matrix("x"))
                output("y", node(Op.Activate(Gelu), x))
                output("dx", node(Op.ActivateGradient(Gelu), x, matrix("dy")))
            } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                %5, %6 = ActivateWithSlope(activation=Gelu)(%1)
                %7 = Multiply(%3, %5)
                y: %6
                dx: %7
                """
        }

        "so does one with a bias" {
            KeepSlopes().of {
                val x = node(Op.Scale(2.0), matrix("x"))
                val bias = vector("b")
                output("y", node(Op.BiasActivate(Silu), x, bias))
                output("dx", node(Op.BiasActivateGradient(Silu), x, bias, matrix("dy")))
            } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                %6, %7 = ActivateWithSlope(activation=Silu)(%1, %2)
                %8 = Multiply(%4, %6)
                y: %7
                dx: %8
                """
        }

        "what is read elsewhere stays, for both would have to be kept" {
            KeepSlopes().of {
                val x = node(Op.Scale(2.0), matrix("x"))
                output("y", node(Op.Activate(Gelu), x))
                output("dx", node(Op.ActivateGradient(Gelu), x, matrix("dy")))
                output("z", node(Op.Scale(3.0), x))
            } shouldRead
                """
                %1 = Scale(factor=2.0)(%0)
                %2 = Activate(activation=Gelu)(%1)
                %4 = ActivateGradient(activation=Gelu)(%1, %3)
                %5 = Scale(factor=3.0)(%1)
                y: %2
                dx: %4
                z: %5
                """
        }

        "a slope that costs nothing is not kept, nor one that nobody asks for" {
            val relu =
                KeepSlopes().of {
                    val x = node(Op.Scale(2.0), matrix("x"))
                    output("y", node(Op.Activate(Relu), x))
                    output("dx", node(Op.ActivateGradient(Relu), x, matrix("dy")))
                }
            relu.contains("ActivateWithSlope") shouldBe false
            val alone = KeepSlopes().of { output("y", node(Op.Activate(Gelu), node(Op.Scale(2.0), matrix("x")))) }
            alone.contains("ActivateWithSlope") shouldBe false
        }

        "every backend computes values and slopes as the equations say, in memory of their own and in shared memory" {
            val trials =
                activations.flatMap { activation ->
                    listOf(1, 15, 16, 65).map { width ->
                        trial(width) {
                            val x = first(Op.Scale(1.0), real("x", 5, width))
                            val (slope, y) =
                                if (width % 2 == 0) all(Op.ActivateWithSlope(activation), x)
                                else all(Op.ActivateWithSlope(activation), x, real("bias", width))
                            listOf(first(Op.Multiply, slope, y))
                        }
                    }
                }
            val engines =
                listOf(Engine.portable(Precision.DOUBLE) to 1e-12, Engine.cpu(1) to 2e-5, Engine.cpu(3) to 2e-5)
            engines.forEach { (engine, within) ->
                engine.use { trials.forEach { trial -> engine.shouldAgree(trial.graph, trial.given, within) } }
            }
        }

        "training with every activation that is kept agrees with the equations on both backends" {
            for (activation in listOf(Gelu, Silu)) {
                val trial =
                    trial(3) {
                        val product = first(Op.Scale(2.0), real("x", 3, 17))
                        listOf(first(Op.BiasActivate(activation), product, real("bias", 17)))
                    }
                val graph = KeepSlopes().apply(Gradients.differentiate(trial.graph, "loss", trial.wanted))
                withClue(graph) { graph.nodes.map { it.op } shouldContain Op.ActivateWithSlope(activation) }
                Engine.portable(Precision.DOUBLE).use { it.shouldAgree(graph, trial.given, within = 1e-12) }
                Engine.cpu(2).use { it.shouldAgree(graph, trial.given, within = 2e-5) }
            }
        }
    })

private fun trial(seed: Int, write: TrialBuilder.() -> List<Value>): Trial =
    TrialBuilder(Random(seed)).run { build(write()) }
