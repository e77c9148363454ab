package io.heddle.specs.engine.portable

import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.RandomGraph
import io.heddle.specs.support.opTrials
import io.heddle.specs.support.shouldAgree
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec

/** The portable backend computes what the equations say: every op, and the gradient of every op. */
class PortableOpsSpec :
    FreeSpec({
        for ((precision, within) in listOf(Precision.DOUBLE to 1e-12, Precision.FLOAT to 2e-5)) {
            val engine = autoClose(Engine.portable(precision))

            opTrials.forEach { opTrial ->
                "$opTrial in $precision" {
                    for (seed in 1..TRIALS) withClue("seed $seed") {
                        val trial = opTrial.trial(seed)
                        val graph = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                        engine.shouldAgree(graph, trial.given, within)
                    }
                }
            }
        }

        "graphs of many ops, in which values share memory" {
            Engine.portable(Precision.DOUBLE).use { engine ->
                for (seed in 1..GRAPHS) withClue("seed $seed") {
                    val trial = RandomGraph.trial(seed)
                    val graph = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                    engine.shouldAgree(graph, trial.given, within = 1e-11)
                }
            }
        }
    })

private const val TRIALS = 6
private const val GRAPHS = 10
